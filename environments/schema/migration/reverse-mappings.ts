import type { DmsMigration } from "./dms";
import type { TableMappings } from "./table-mappings";

type Transformation = TableMappings["transformation"][number];

/** Transformations that cannot be turned round by themselves, by their place in the list. */
export function oneWay({ transformation }: TableMappings): readonly number[] {
  return transformation.flatMap((rule, index) => (isRename(rule) ? [] : [index]));
}

const isRename = ({ ruleAction, schemaName, tableName, columnName, value }: Transformation) =>
  ruleAction === "rename" &&
  value !== undefined &&
  [schemaName, tableName, columnName].every((name) => name?.includes("%") !== true);

/** Table mappings of the way back: those that are written for it, or those of the way there, turned round. */
export function reverseMappings({ task, reverse }: DmsMigration): TableMappings {
  if (reverse.tableMappings !== undefined) return reverse.tableMappings;
  const { selection, transformation } = task.tableMappings;
  const schemas = renamed(transformation, "schema", ({ schemaName }) => schemaName);
  const tables = renamed(
    transformation,
    "table",
    ({ schemaName, tableName }) => `${schemaName}.${tableName}`,
  );
  const there = (schema: string, table: string) => ({
    schemaName: schemas.get(schema) ?? schema,
    tableName: tables.get(`${schema}.${table}`) ?? table,
  });
  return {
    selection: selection.map((rule) => ({ ...rule, ...there(rule.schemaName, rule.tableName), filters: [] })),
    transformation: transformation.flatMap((rule): Transformation[] => {
      const { ruleTarget, schemaName, tableName, columnName, value } = rule;
      if (!isRename(rule) || value === undefined) return [];
      const place = there(schemaName, tableName ?? "%");
      switch (ruleTarget) {
        case "schema":
          return [{ ruleTarget, ruleAction: "rename", schemaName: value, value: schemaName }];
        case "table":
          return [
            {
              ruleTarget,
              ruleAction: "rename",
              schemaName: place.schemaName,
              tableName: value,
              value: tableName,
            },
          ];
        case "column":
          return [{ ruleTarget, ruleAction: "rename", ...place, columnName: value, value: columnName }];
      }
    }),
  };
}

function renamed(
  rules: readonly Transformation[],
  target: Transformation["ruleTarget"],
  key: (rule: Transformation) => string,
): ReadonlyMap<string, string> {
  return new Map(
    rules.flatMap((rule) =>
      rule.ruleTarget === target && isRename(rule) && rule.value !== undefined
        ? [[key(rule), rule.value] as const]
        : [],
    ),
  );
}

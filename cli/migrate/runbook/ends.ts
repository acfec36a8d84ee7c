import { join } from "node:path";
import type { DmsMigration } from "../../../environments/schema/migration/dms";
import { defaultSslMode } from "../../../environments/schema/migration/engines";
import type { Endpoint } from "../../../environments/schema/migration/endpoint";
import type { TableMappings } from "../../../environments/schema/migration/table-mappings";
import type { Context } from "./context";
import type { End } from "./engines/engine";

/** The table of the row that shows that everything has arrived. */
export const MARKER_TABLE = "slipway_marker";

/** Both ends of a migration, with the names that things have there. */
export function endsOf({ fleet, migration }: Context<DmsMigration>): {
  readonly source: End;
  readonly target: End;
} {
  const { task } = migration;
  const schemas = schemasOf(task.tableMappings, migration.source);
  const [marked = "public"] = schemas;
  const there = (schema: string) => renamedBy(task.tableMappings, "schema", schema, schema);
  const common = {
    certificates: join(fleet.directory, "migrations", "certificates"),
    controlSchema: task.settings.controlSchema,
  };
  return {
    source: {
      ...common,
      name: "source",
      endpoint: withMode(migration.source),
      schemas,
      marker: { schema: marked, table: MARKER_TABLE },
    },
    target: {
      ...common,
      name: "target",
      endpoint: withMode(migration.target),
      schemas: schemas.map(there),
      marker: {
        schema: there(marked),
        table: renamedBy(task.tableMappings, "table", marked, MARKER_TABLE),
      },
    },
  };
}

const withMode = (endpoint: Endpoint): Endpoint => ({
  ...endpoint,
  sslMode: endpoint.sslMode ?? defaultSslMode(endpoint.engineName, endpoint.certificate !== undefined),
});

/** Schemas that the mappings include; a pattern stands for the database itself. */
function schemasOf({ selection }: TableMappings, { databaseName }: Endpoint): readonly string[] {
  const included = selection
    .filter(({ ruleAction }) => ruleAction !== "exclude")
    .map(({ schemaName }) => (schemaName.includes("%") ? (databaseName ?? "public") : schemaName));
  return [...new Set(included)];
}

/** Whether the marker's table moves by the mappings as they are. */
export const markerMoves = ({ selection }: TableMappings, schema: string): boolean =>
  selection.some(
    ({ ruleAction, schemaName, tableName }) =>
      ruleAction === "include" && fits(schemaName, schema) && fits(tableName, MARKER_TABLE),
  );

const fits = (pattern: string, name: string) => pattern === "%" || pattern === name;

/** What a schema or table is called at the target. */
function renamedBy(
  { transformation }: TableMappings,
  target: "schema" | "table",
  schema: string,
  name: string,
): string {
  return transformation
    .filter(
      (rule) =>
        rule.ruleTarget === target &&
        fits(rule.schemaName, schema) &&
        (target === "schema" || fits(rule.tableName ?? "%", name)),
    )
    .reduce((text, { ruleAction, value = "", oldValue = "" }) => {
      switch (ruleAction) {
        case "rename":
          return value;
        case "convert-lowercase":
          return text.toLowerCase();
        case "convert-uppercase":
          return text.toUpperCase();
        case "add-prefix":
          return `${value}${text}`;
        case "add-suffix":
          return `${text}${value}`;
        case "remove-prefix":
          return text.startsWith(value) ? text.slice(value.length) : text;
        case "remove-suffix":
          return text.endsWith(value) ? text.slice(0, -value.length) : text;
        case "replace-prefix":
          return text.startsWith(oldValue) ? `${value}${text.slice(oldValue.length)}` : text;
        case "replace-suffix":
          return text.endsWith(oldValue) ? `${text.slice(0, -oldValue.length)}${value}` : text;
        default:
          return text;
      }
    }, name);
}

import type { Account } from "../account";
import type { Fleet } from "../fleet";
import type { DmsMigration } from "../migration/dms";
import { ENGINE } from "../migration/engines";
import { oneWay } from "../migration/reverse-mappings";
import type { TableMappings } from "../migration/table-mappings";
import type { Violation } from "../violation";
import { perDmsMigration, type Found } from "./per-migration";

/** Table mappings say enough for DMS, and the way back is one that it can go. */
export function checkDmsMappings(fleet: Fleet): Violation[] {
  return perDmsMigration(fleet, (migration, account) => [
    ...rules(migration.task.tableMappings, "task.tableMappings"),
    ...(migration.reverse.tableMappings === undefined
      ? []
      : rules(migration.reverse.tableMappings, "reverse.tableMappings")),
    ...wayBack(migration, account),
  ]);
}

function rules({ selection, transformation }: TableMappings, path: string): Found[] {
  return [
    ...(selection.some(({ ruleAction }) => ruleAction !== "exclude")
      ? []
      : [
          {
            path: `${path}.selection`,
            given: "rules that exclude, and none that includes",
            inWords: true,
            allowed: "a rule that includes something: otherwise nothing moves",
          },
        ]),
    ...selection.flatMap((rule, index) => selected(rule, `${path}.selection[${index}]`)),
    ...selection.flatMap(({ filters }, rule) =>
      filters.flatMap(({ filterConditions }, filter) =>
        filterConditions.flatMap((condition, index) =>
          conditionOf(condition, `${path}.selection[${rule}].filters[${filter}].filterConditions[${index}]`),
        ),
      ),
    ),
    ...transformation.flatMap((rule, index) => transformationOf(rule, `${path}.transformation[${index}]`)),
  ];
}

/**
 * https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Tasks.CustomizingTasks.TableMapping.SelectionTransformation.Selections.html
 * https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Tasks.CustomizingTasks.Filters.html
 */
function selected(
  { schemaName, tableName, ruleAction, filters }: TableMappings["selection"][number],
  path: string,
): Found[] {
  const several = [schemaName, tableName].some((name) => name.includes("%"));
  if (ruleAction === "explicit" && several)
    return [
      {
        path: `${path}.ruleAction`,
        given: `explicit for ${schemaName}.${tableName}`,
        inWords: true,
        allowed: "include or exclude where % stands for names: explicit takes one table, named in full",
        mend: "name the table, or write include",
      },
    ];
  if (filters.length === 0) return [];
  if (ruleAction !== "include")
    return [
      {
        path: `${path}.filters`,
        given: `filters with ${ruleAction}`,
        inWords: true,
        allowed: "filters with include: DMS passes over others, and all rows would move",
      },
    ];
  return several
    ? [
        {
          path: `${path}.filters`,
          given: `filters of ${schemaName}.${tableName}`,
          inWords: true,
          allowed: "filters of one table, named in full: DMS filters none that % stands for",
          mend: "write a rule for each table that is filtered",
        },
      ]
    : [];
}

type Condition = TableMappings["selection"][number]["filters"][number]["filterConditions"][number];

function conditionOf(
  { filterOperator: operator, value, startValue, endValue }: Condition,
  path: string,
): Found[] {
  const wants = operator.endsWith("between") ? 2 : operator.endsWith("null") ? 0 : 1;
  const bounds = [startValue, endValue].filter((bound) => bound !== undefined).length;
  const right =
    wants === 2
      ? bounds === 2 && value === undefined
      : bounds === 0 && (value !== undefined) === (wants === 1);
  return right
    ? []
    : [
        {
          path,
          given: { filterOperator: operator, value, startValue, endValue },
          allowed: `${operator} with ${["no value", "value alone", "startValue and endValue"][wants] ?? "a value"}`,
        },
      ];
}

type Transformation = TableMappings["transformation"][number];

const WITH_VALUE = /^(add-(prefix|suffix|column)|rename|remove-(prefix|suffix)|replace-(prefix|suffix))$/;

function transformationOf(rule: Transformation, path: string): Found[] {
  const { ruleTarget, ruleAction } = rule;
  const missing = (field: keyof Transformation, why: string): Found[] =>
    rule[field] === undefined
      ? [{ path: `${path}.${field}`, given: "nothing", inWords: true, allowed: why }]
      : [];
  return [
    ...(ruleTarget === "schema" ? [] : missing("tableName", `the table, for a ${ruleTarget}`)),
    ...(ruleTarget === "column" && ruleAction !== "add-column"
      ? missing("columnName", "the column that it is about")
      : []),
    ...(WITH_VALUE.test(ruleAction) ? missing("value", `what ${ruleAction} writes`) : []),
    ...(ruleAction.startsWith("replace-") ? missing("oldValue", "what is replaced") : []),
    ...(ruleAction === "add-column" || ruleAction === "change-data-type"
      ? missing("dataType", `the type, for ${ruleAction}`)
      : []),
    ...(ruleAction.endsWith("-column") && ruleTarget !== "column"
      ? [{ path: `${path}.ruleTarget`, given: ruleTarget, allowed: `"column" with ${ruleAction}` }]
      : []),
  ];
}

/** DMS must be able to read the target's changes, to write the source, and to undo what changed on the way. */
function wayBack({ reverse, source, target, task }: DmsMigration, account: Account): Found[] {
  if (!reverse.enabled)
    return reverse.loopbackPrevention
      ? [
          {
            path: "reverse.loopbackPrevention",
            given: true,
            allowed: "false without reverse.enabled: there is nothing to leave out",
          },
        ]
      : [];
  const path = "reverse.enabled";
  if (!ENGINE[source.engineName].target || !ENGINE[target.engineName].source || target.engineName === "s3")
    return [
      {
        path,
        given: true,
        allowed: `false: DMS brings nothing from ${ENGINE[target.engineName].title} back to ${ENGINE[source.engineName].title}`,
        mend: "set it to false, and choose another rollback.strategy",
      },
    ];
  const stuck = reverse.tableMappings === undefined ? oneWay(task.tableMappings) : [];
  return [
    ...unreadable(target.store, account),
    ...stuck.map((index) => ({
      path: `task.tableMappings.transformation[${index}]`,
      given: task.tableMappings.transformation[index]?.ruleAction,
      allowed: "a rename of one thing, which can be turned round, or reverse.tableMappings beside it",
      mend: "write reverse.tableMappings",
    })),
  ];
}

/** Whether a store of the account writes a log that DMS can follow; SQL Server is told so by SQL. */
function unreadable(store: string | undefined, { name, data }: Account): Found[] {
  const database = store === undefined ? undefined : data?.databases[store];
  if (database === undefined || !("logicalReplication" in database) || database.logicalReplication) return [];
  return [
    {
      path: "reverse.enabled",
      given: true,
      allowed: `a target whose changes DMS can read; data.databases.${store} of ${name} keeps no log for that`,
      mend: `set data.databases.${store}.logicalReplication: true, and reboot it before the cutover`,
    },
  ];
}

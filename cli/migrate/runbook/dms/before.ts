import type { DmsMigration } from "../../../../environments/schema/migration/dms";
import { selectorsOf } from "../../stacks";
import { ENGINE } from "../../../../environments/schema/migration/engines";
import * as names from "../../../../environments/schema/names";
import { comparesApart, validates } from "../../dms/load-gates";
import { leave, path, secrets, setUp } from "../common";
import { fileOf, type Context } from "../context";
import { endsOf, markerMoves, MARKER_TABLE } from "../ends";
import type { Check, End } from "../engines/engine";
import { runbookOfEngine } from "../engines/of";
import { DMS } from "../../dms/kind";
import { checklist, into, piped, result, sh, table, type Section } from "../text";
import { clients, toolsOf } from "./clients";

type Dms = Context<DmsMigration>;

/** What has to be so before anything is made: path, secrets, engines. */
export function prerequisites(context: Dms): Section {
  const { migration } = context;
  const { source, target } = endsOf(context);
  const { reverse, task } = migration;
  const tasks = comparesApart(migration) ? 2 : 1;
  return {
    title: "Prerequisites, and their results",
    blocks: [
      ...setUp(context, toolsOf([source, target])),
      "### Secrets",
      ...secrets(context, secretsOf(migration)),
      "### Path",
      ...path(context),
      "### Clients",
      ...clients(context, [source, target]),
      `### ${title(source)}`,
      ...(task.migrationType === "full-load"
        ? []
        : checks(source, (engine) => engine.readsFrom(source, tasks))),
      ...markerTable(context, source),
      `### ${title(target)}`,
      ...checks(target, (engine) => engine.writesTo(target)),
      ...(reverse.enabled
        ? [
            "The way back reads the target's log: it has to meet what the source met.",
            ...checks(target, (engine) => engine.readsFrom(target, 1)),
            ...keepsLog(context),
            "And it writes to the source.",
            ...checks(source, (engine) => engine.writesTo(source)),
          ]
        : []),
    ],
  };
}

const title = ({ name, endpoint }: End) =>
  `${name === "source" ? "Source" : "Target"}: ${ENGINE[endpoint.engineName].title}${endpoint.databaseName === undefined ? "" : ` \`${endpoint.databaseName}\``}`;

function secretsOf({ source, target, reverse }: DmsMigration): readonly (readonly [string, string])[] {
  const JSON_FORM = 'JSON `{"username", "password", "host", "port"}`';
  const all: (readonly [string | undefined, string])[] = [
    [source.secret, `DMS's user at the source, ${JSON_FORM}`],
    [target.secret, `DMS's user at the target, ${JSON_FORM}`],
    ...(reverse.enabled
      ? ([
          [reverse.sourceSecret, `user that reads the target's log, ${JSON_FORM}`],
          [reverse.targetSecret, `user that writes to the source, ${JSON_FORM}`],
        ] as const)
      : []),
  ];
  return all.flatMap(([name, what]) => (name === undefined ? [] : [[name, what] as const]));
}

function checks(
  end: End,
  of: (engine: NonNullable<ReturnType<typeof runbookOfEngine>>) => readonly Check[],
): readonly string[] {
  const engine = runbookOfEngine(end.endpoint.engineName);
  if (engine === undefined)
    return [
      checklist(`the files are in the bucket \`${end.endpoint.store ?? ""}\`, and DMS's role reaches it`),
    ];
  return of(engine).flatMap(({ title: what, statement, expected }) => [
    `**${what}**; expected: ${expected}`,
    into(`${end.name}_sql`, ...statement),
    result("Result"),
  ]);
}

/** Aurora and Amazon RDS for MySQL drop their log at once, unless they are told otherwise. */
function keepsLog({ account, migration: { target, rollback } }: Dms): readonly string[] {
  const managed = target.store !== undefined && account.data?.databases[target.store] !== undefined;
  if (!managed || ENGINE[target.engineName].family !== "mysql") return [];
  // A week is the most that Amazon RDS keeps.
  const hours = Math.min(168, Math.max(24, rollback.windowHours + 24));
  return [
    "The target drops its log as soon as it can: it keeps it until the way back closes.",
    into("target_admin", `CALL mysql.rds_set_configuration('binlog retention hours', ${hours});`),
  ];
}

/** The table whose last row shows that everything has arrived. */
function markerTable({ migration, ...context }: Dms, source: End): readonly string[] {
  const engine = runbookOfEngine(source.endpoint.engineName);
  if (engine === undefined || migration.task.migrationType === "full-load") return [];
  const { schema } = source.marker;
  return [
    `Latency reads 0 while nothing happens: a row of \`${schema}.${MARKER_TABLE}\` shows that changes arrive.${markerMoves(migration.task.tableMappings, schema) ? "" : ` It moves once \`task.tableMappings.selection\` in \`${fileOf({ migration, ...context })}\` has \`{ schemaName: "${schema}", tableName: "${MARKER_TABLE}" }\`.`}`,
    into("source_admin", ...engine.createMarker(source)),
  ];
}

/** Terraform, connections, AWS's own checks. */
export function deploy(context: Dms): Section {
  const { migration, account } = context;
  const { id, compute } = migration;
  const made =
    compute.mode === "instance"
      ? `the replication instance \`${names.migrationInstance(account, id)}\` (${compute.replicationInstanceClass}, ${compute.allocatedStorage} GiB, DMS ${compute.engineVersion})`
      : `a replication of DMS Serverless, ${compute.minCapacityUnits} to ${compute.maxCapacityUnits} units`;
  return {
    title: "Deploy, and assess",
    blocks: [
      `It makes ${made}, the endpoints \`${names.migrationEndpoint(account, id, "source")}\` and \`${names.migrationEndpoint(account, id, "target")}\`${migration.reverse.enabled ? " and those of the way back" : ""}, and the task \`${names.migrationTask(account, id)}\`, which nothing starts by itself.`,
      sh(`slipway plan ${selectorsOf(context)}`, `slipway up ${selectorsOf(context)}`),
      ...(compute.mode === "instance"
        ? [sh(`slipway migrate assess ${id} --connections`, `slipway migrate assess ${id}`)]
        : ["DMS Serverless tests its connections when it starts."]),
      result("Connections and assessment"),
      ...leave(context, "prepare", DMS.measures(migration, "prepare")),
    ],
  };
}

/** Everything that is there, then what makes it fast and whole. */
export function fullLoad(context: Dms): Section {
  const { migration } = context;
  const { id, task } = migration;
  const { source, target } = endsOf(context);
  const from = runbookOfEngine(source.endpoint.engineName);
  const same = ENGINE[source.endpoint.engineName].family === ENGINE[target.endpoint.engineName].family;
  const prep = {
    DO_NOTHING:
      "Tables of the target are there before, from the application's own scripts, with primary keys, without secondary indexes and foreign keys.",
    TRUNCATE_BEFORE_LOAD: "Tables of the target are there before, and are emptied.",
    DROP_AND_CREATE: "DMS drops and makes the tables, with primary keys and nothing else.",
  }[task.settings.targetTablePrepMode];
  return {
    title: "Full load, then indexes and foreign keys",
    blocks: [
      `\`targetTablePrepMode\` is ${task.settings.targetTablePrepMode}. ${prep}`,
      table(
        ["schema at the source", "schema at the target"],
        source.schemas.map((schema, index) => [schema, target.schemas[index] ?? schema]),
      ),
      sh(`slipway migrate start ${id}`, `slipway migrate status ${id} --watch`),
      "A table in error, once its cause is mended:",
      sh(`slipway migrate reload ${id}`),
      "DMS moves no secondary index and no foreign key. After the load, before the changes catch up:",
      ...(same && from !== undefined
        ? [piped("source_admin", "target_admin", ...from.constraints(source, target))]
        : [checklist("indexes and foreign keys of the target are made by the application's own scripts")]),
      "From now on nothing changes the task's settings: an update would stop it, and `slipway up` refuses that while it runs.",
      ...leave(context, "full-load", DMS.measures(migration, "full-load")),
    ],
  };
}

/** Changes follow; both ends are the same. */
export function followAndCompare(context: Dms): Section {
  const { migration, account } = context;
  const { id, task } = migration;
  const { source, target } = endsOf(context);
  const from = runbookOfEngine(source.endpoint.engineName);
  const to = runbookOfEngine(target.endpoint.engineName);
  const marker = `${id}-cdc`;
  const own = comparesApart(migration);
  return {
    title: "Changes and validation, and their evidence",
    blocks: [
      ...(task.migrationType === "full-load" || from === undefined || to === undefined
        ? []
        : [
            "A row that is written at the source arrives at the target within the latency's limit:",
            into("source_admin", ...from.writeMarker(source, marker)),
            into("target_sql", ...to.readMarker(target, marker)),
            result("Seconds until it was there"),
          ]),
      sh(`slipway migrate status ${id} --watch`),
      ...leave(context, "cdc", DMS.measures(migration, "cdc")),
      ...(own
        ? [
            `\`${names.migrationValidationTask(account, id)}\` compares both ends; it is there from phase cdc on:`,
            sh(`slipway migrate start ${id} --validation`, `slipway migrate status ${id} --watch`),
          ]
        : []),
      ...(validates(migration)
        ? [
            `Rows that differ are in \`${task.settings.controlSchema}.awsdms_validation_failures_v1\` of the target. Tables that differ, loaded anew:`,
            sh(`slipway migrate reload ${id}`),
          ]
        : ["DMS does not compare these engines: count, and hash what a count does not show."]),
      ...counts(source),
      ...counts(target),
    ],
  };
}

function counts(end: End): readonly string[] {
  const engine = runbookOfEngine(end.endpoint.engineName);
  return engine === undefined
    ? []
    : [piped(`${end.name}_sql`, `${end.name}_sql`, ...engine.counts(end)), result(`Rows at the ${end.name}`)];
}

import { ENGINE } from "../../../environments/schema/migration/engines";
import type { DmsMigration } from "../../../environments/schema/migration/dms";
import { atMost, dayOf, gate, isOne, waived, waiverOf, type Gate } from "../gate";
import type { Known } from "../kind";
import { tableName, taskOf, type DmsObservation, type TaskObservation } from "./observation";

export type DmsKnown = Known<DmsMigration, DmsObservation>;

/** A list for people, cut where it gets long. */
export const few = (items: readonly string[], limit = 5): string =>
  items.length <= limit
    ? items.join(", ")
    : `${items.slice(0, limit).join(", ")} and ${items.length - limit} more`;

/** Endpoints reached, and the source fit to be read. */
export function prepareGates({ migration, observed, now }: DmsKnown): readonly Gate[] {
  const { id, waivers, compute } = migration;
  if (compute.mode === "serverless")
    return [
      gate(
        "connections",
        { value: "tested by DMS Serverless at its start", limit: "none before", holds: true },
        "",
      ),
    ];
  const connections = observed.connections.map(({ endpoint, status, failure }) =>
    isOne(
      `connection ${endpoint}`,
      status,
      ["successful"],
      failure ?? `test it: slipway migrate assess ${id} --connections`,
    ),
  );
  const { assessment } = observed;
  const assessed = gate(
    "assessment",
    {
      value: assessment?.status ?? "none",
      limit: "passed",
      holds: assessment?.status === "passed",
    },
    assessment === undefined
      ? `start one: slipway migrate assess ${id}`
      : `${assessment.failure ?? "not every check passed"}${assessment.results === undefined ? "" : `; findings: ${assessment.results}`}; mend it and assess again, or waive "assessment" with a reason`,
  );
  return [...connections, waived(assessed, waiverOf(waivers, "assessment", dayOf(now)))];
}

/** Everything that was there has been copied. */
export function fullLoadGates({ migration, observed }: DmsKnown): readonly Gate[] {
  const task = taskOf(observed, "forward");
  if (migration.task.migrationType === "cdc") return [runs(migration, task)];
  const tables = task?.tables ?? [];
  const incomplete = tables.filter(({ state }) => state !== "Table completed");
  return [
    gate(
      "fullLoad",
      {
        value: `${task?.fullLoadPercent ?? 0} %`,
        limit: "100 %",
        holds: (task?.fullLoadPercent ?? 0) >= 100,
      },
      task?.hasRun === true
        ? "the full load is under way"
        : `start it: slipway migrate start ${migration.id}`,
    ),
    errored(migration, task),
    gate(
      "tablesCompleted",
      {
        value: `${tables.length - incomplete.length} of ${tables.length}`,
        limit: "all, at least one",
        holds: tables.length > 0 && incomplete.length === 0,
      },
      tables.length === 0
        ? "no table was found: see that task.tableMappings selects some"
        : few(incomplete.map((each) => `${tableName(each)}: ${each.state}`)),
    ),
  ];
}

/** Changes follow, and closely. */
export function cdcGates(known: DmsKnown): readonly Gate[] {
  const { migration, observed } = known;
  const task = taskOf(observed, "forward");
  if (migration.task.migrationType === "full-load")
    return [
      gate("changes", { value: "none: migrationType is full-load", limit: "none needed", holds: true }, ""),
      errored(migration, task),
    ];
  const changes = (task?.tables ?? []).reduce(
    (sum, each) => sum + each.inserts + each.updates + each.deletes,
    0,
  );
  return [
    runs(migration, task),
    errored(migration, task),
    gate(
      "changesSeen",
      { value: changes, limit: "≥ 1", holds: changes >= 1 },
      "latency reads 0 while nothing happens: write the marker row into the source (slipway migrate runbook)",
    ),
    ...latencyGates(migration, task),
  ];
}

/** Latency within its limit for as long as the gates want, without a break in what was measured. */
export function latencyGates(
  { gates: { maxCdcLatencySeconds, stableMinutes } }: Pick<DmsMigration, "gates">,
  task: TaskObservation | undefined,
): readonly Gate[] {
  const measured = task?.latency?.measured ?? 0;
  const limit = `≤ ${maxCdcLatencySeconds} s`;
  const judge = (name: string, seconds: number | undefined) =>
    gate(
      name,
      {
        value: seconds === undefined ? "not measured" : `${seconds} s`,
        limit,
        holds: seconds !== undefined && seconds <= maxCdcLatencySeconds,
      },
      seconds === undefined
        ? "CloudWatch has no values yet: they come some minutes after the task runs"
        : `the highest within ${stableMinutes} min; see that instance and target keep up`,
    );
  return [
    gate(
      "latencyMeasured",
      {
        value: `${measured} min`,
        limit: `${stableMinutes} min without a gap`,
        holds: measured >= stableMinutes,
      },
      "wait until it was measured for as long",
    ),
    judge("latencySource", task?.latency?.source),
    judge("latencyTarget", task?.latency?.target),
  ];
}

export const runs = ({ id }: Pick<DmsMigration, "id">, task: TaskObservation | undefined): Gate =>
  isOne(
    "taskRunning",
    task?.status ?? "not there",
    ["running"],
    task?.failure ?? `start it: slipway migrate start ${id}`,
  );

export function errored({ id }: Pick<DmsMigration, "id">, task: TaskObservation | undefined): Gate {
  const tables = (task?.tables ?? []).filter(({ state }) => state === "Table error");
  return atMost(
    "tablesErrored",
    Math.max(task?.tablesErrored ?? 0, tables.length),
    0,
    `${tables.length === 0 ? "see the task's log" : few(tables.map(tableName))}; mend it, then: slipway migrate reload ${id}`,
  );
}

/** Whether DMS itself compares source and target of this migration. */
export const validates = ({ validation, source, target }: DmsMigration): boolean =>
  validation.enabled &&
  ENGINE[source.engineName].validation.source &&
  ENGINE[target.engineName].validation.target;

/** Whether a task of its own compares; DMS Serverless has one only. */
export const comparesApart = ({ validation, compute }: DmsMigration): boolean =>
  validation.enabled && validation.separateTask && compute.mode === "instance";

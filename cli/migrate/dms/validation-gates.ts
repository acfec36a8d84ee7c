import { atMost, dayOf, gate, isOne, waived, waiverOf, type Gate } from "../gate";
import { measuredSame } from "../measured";
import { comparesApart, errored, few, latencyGates, runs, validates, type DmsKnown } from "./load-gates";
import { tableName, taskOf, type TableObservation } from "./observation";

const NO_KEY = "No primary key";

/** Source and target are the same, as DMS compared them or an operator counted. */
export function validatedGates(known: DmsKnown): readonly Gate[] {
  const { migration, observed } = known;
  const forward = taskOf(observed, "forward");
  const following =
    migration.task.migrationType === "full-load"
      ? []
      : [runs(migration, forward), ...latencyGates(migration, forward)];
  return [...following, errored(migration, forward), ...comparedGates(known)];
}

/** The same without what changes with time: a stopped task keeps its statistics. */
export function comparedGates(known: DmsKnown): readonly Gate[] {
  const { migration, observed } = known;
  if (!validates(migration)) return countedGates(known);
  const { maxFailedRecords, maxPendingRecords } = migration.gates;
  const apart = comparesApart(migration);
  const task = taskOf(observed, apart ? "validation" : "forward");
  const tables = task?.tables ?? [];
  const keyless = tables.filter(({ validationState }) => validationState === NO_KEY);
  const compared = tables.filter(({ validationState }) => validationState !== NO_KEY);
  const waiting = compared.filter(({ validationState }) => validationState !== "Validated");
  const sum = (count: (each: TableObservation) => number) =>
    tables.reduce((total, each) => total + count(each), 0);
  const failed = sum(({ validationFailed }) => validationFailed);
  const pending = sum(({ validationPending }) => validationPending);
  const suspended = sum(({ validationSuspended }) => validationSuspended);
  const within = failed + suspended <= maxFailedRecords && pending <= maxPendingRecords;
  // Of records within their limits a table says so for good: the limits decide.
  const tolerated = within && waiting.every(({ validationState }) => WITHIN_LIMITS.includes(validationState));
  return [
    ...(apart && migration.phase !== "cutover"
      ? [
          isOne(
            "validationRunning",
            task?.status ?? "not there",
            ["running"],
            `start it: slipway migrate start ${migration.id} --validation`,
          ),
        ]
      : []),
    gate(
      "tablesValidated",
      {
        value: `${compared.length - waiting.length} of ${compared.length}`,
        limit: "all, at least one table",
        holds: tables.length > 0 && (waiting.length === 0 || tolerated),
      },
      tables.length === 0
        ? "nothing was compared yet"
        : few(waiting.map((each) => `${tableName(each)}: ${each.validationState}`)),
    ),
    atMost(
      "recordsFailed",
      failed,
      maxFailedRecords,
      `validation failures over the limit in ${few(namesOf(tables, (each) => each.validationFailed > 0))}; what differs is in the target's ${migration.task.settings.controlSchema}.awsdms_validation_failures_v1; mend it, then: slipway migrate reload ${migration.id} --table SCHEMA.TABLE`,
    ),
    atMost(
      "recordsSuspended",
      suspended,
      maxFailedRecords,
      `DMS could not compare them in ${few(namesOf(tables, (each) => each.validationSuspended > 0))}: see the task's log`,
    ),
    atMost("recordsPending", pending, maxPendingRecords, "wait until they are compared"),
    ...keyless.map((each) => keylessGate(known, each)),
  ];
}

const WITHIN_LIMITS = ["Mismatched records", "Suspended records", "Pending records"];

const namesOf = (tables: readonly TableObservation[], which: (each: TableObservation) => boolean) =>
  tables.filter(which).map(tableName);

/** A table that DMS cannot compare: a waiver says what was compared instead. */
function keylessGate({ migration, measured, now }: DmsKnown, each: TableObservation): Gate {
  const name = tableName(each);
  const counted = measured?.comparisons[name];
  const same = counted !== undefined && String(counted.source) === String(counted.target);
  const waiver = waiverOf(migration.waivers, "noPrimaryKey", dayOf(now), name);
  const base = gate(
    `noPrimaryKey ${name}`,
    {
      value:
        counted === undefined
          ? (waiver?.evidence ?? "not compared")
          : `source ${counted.source}, target ${counted.target}`,
      limit: "waived, with a count or hash",
      holds: false,
    },
    counted !== undefined && !same
      ? "source and target differ"
      : waiver === undefined
        ? `DMS cannot compare a table without a primary key: compare a count or hash, and waive "noPrimaryKey" with subject "${name}"`
        : "the waiver has no evidence: compare a count or hash, and say --measured FILE",
  );
  const proven = counted === undefined ? waiver?.evidence !== undefined : same;
  return proven ? waived(base, waiver) : base;
}

/** Of engines that DMS cannot compare, somebody counts. */
function countedGates({ migration, observed, measured, now }: DmsKnown): readonly Gate[] {
  const tables = taskOf(observed, "forward")?.tables ?? [];
  const waiver = waiverOf(migration.waivers, "validation", dayOf(now));
  if (tables.length === 0)
    return [
      gate("compared", { value: "no table", limit: "all, at least one", holds: false }, "nothing was loaded"),
    ];
  return tables.map((each) => {
    const name = tableName(each);
    const compared = measuredSame(measured, name, "DMS does not compare it: a count or hash at both ends");
    // A waiver stands for what was not compared, never for what differs.
    return measured?.comparisons[name] === undefined ? waived(compared, waiver) : compared;
  });
}

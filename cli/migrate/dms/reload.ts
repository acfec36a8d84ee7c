import type { DmsMigration } from "../../../environments/schema/migration/dms";
import { nearest } from "../../../environments/schema/parse";
import { CliError } from "../../errors";
import { plural } from "../../output";
import type { Asked } from "../kind";
import { few } from "./load-gates";
import { tableName, type DmsObservation, type TableObservation, type TaskObservation } from "./observation";
import { requireTask } from "./start";

export interface ReloadPlan {
  readonly task: TaskObservation;
  readonly tables: readonly TableObservation[];
  readonly danger: string;
}

/** DMS takes this many at once. */
export const RELOADED_AT_ONCE = 10;

/** Tables that were named, or those in error, differing or suspended. @throws CliError where there is none */
export function planReload(migration: DmsMigration, observed: DmsObservation, asked: Asked): ReloadPlan {
  const { id, phase } = migration;
  if (!["full-load", "cdc", "validated"].includes(phase))
    throw new CliError(
      `Tables are not loaded anew in phase ${phase}. Nothing was changed.`,
      "They are in full-load, cdc and validated: afterwards the target is written to.",
    );
  const task = requireTask(migration, observed, "forward");
  if (task.status !== "running")
    throw new CliError(
      `The forward task is ${task.status}; DMS loads tables anew while it runs. Nothing was changed.`,
      `Start it first: slipway migrate start ${id}`,
    );
  const tables =
    asked.tables === undefined ? task.tables.filter(troubled) : asked.tables.map((name) => named(task, name));
  if (tables.length === 0)
    throw new CliError(
      "No table is in error, suspended or different. Nothing was changed.",
      `Name those that are to be loaded anew: slipway migrate reload ${id} --table SCHEMA.TABLE`,
    );
  return {
    task,
    tables,
    danger: `${plural(tables.length, "table")} of the target ${tables.length === 1 ? "is" : "are"} emptied and loaded anew: ${few(tables.map(tableName), 20)}.`,
  };
}

const troubled = ({ state, validationState, validationFailed, validationSuspended }: TableObservation) =>
  state === "Table error" ||
  state === "Table cancelled" ||
  validationState === "Table error" ||
  validationFailed + validationSuspended > 0;

function named({ tables }: TaskObservation, name: string): TableObservation {
  const found = tables.find((each) => tableName(each) === name);
  if (found !== undefined) return found;
  const meant = nearest(name, tables.map(tableName));
  throw new CliError(
    `The task has no table "${name}". Nothing was changed.`,
    meant === undefined
      ? `Tables are named schema.table: ${few(tables.map(tableName))}.`
      : `Did you mean ${meant}?`,
  );
}

import type { DmsMigration } from "../../../environments/schema/migration/dms";
import { CliError } from "../../errors";
import type { Asked } from "../kind";
import type { DmsObservation, TaskObservation } from "./observation";
import { directionOf, requireTask } from "./start";

/** A task that is to be stopped, and what of that cannot be taken back. */
export interface StopPlan {
  readonly task: TaskObservation;
  readonly danger?: string;
}

/** @throws CliError where there is nothing to stop */
export function planStop(migration: DmsMigration, observed: DmsObservation, asked: Asked): StopPlan {
  const task = requireTask(migration, observed, directionOf(asked));
  if (task.status !== "running")
    throw new CliError(
      `The ${task.direction} task is ${task.status}, and not running. Nothing was changed.`,
      `How it stands: slipway migrate status ${migration.id}`,
    );
  const danger = dangerOf(migration, task);
  return { task, ...(danger === undefined ? {} : { danger }) };
}

function dangerOf({ phase, gates }: DmsMigration, task: TaskObservation): string | undefined {
  if (task.direction === "validation") return undefined;
  if (task.direction === "reverse")
    return phase === "rollback-window"
      ? "It closes the way back: the source no longer gets what is written to the target. Starting it again within the log's retention opens it again."
      : undefined;
  if (task.fullLoadPercent < 100 && task.migrationType !== "cdc")
    return "The full load is under way: tables that are not completed are loaded anew at the next start.";
  if (phase !== "cutover") return undefined;
  // What waits when writes are frozen is lost to the target, unless the task goes on.
  if (task.incomingChanges === undefined || task.latency === undefined)
    return "CloudWatch tells of no latency now: whether everything has arrived is not known.";
  const behind = Math.max(task.latency.source, task.latency.target);
  return task.incomingChanges > 0 || behind > gates.maxCdcLatencySeconds
    ? `Not everything has arrived: ${task.incomingChanges} changes wait, and latency was up to ${behind} s.`
    : undefined;
}

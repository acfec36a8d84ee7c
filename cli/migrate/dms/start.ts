import type { DmsMigration } from "../../../environments/schema/migration/dms";
import { ENGINE } from "../../../environments/schema/migration/engines";
import type { Phase } from "../../../environments/schema/migration/phase";
import { CliError } from "../../errors";
import type { Asked } from "../kind";
import { taskOf, type Direction, type DmsObservation, type TaskObservation } from "./observation";
import type { StartType } from "./replicator";

/** How a task is to be started, and what of it cannot be taken back. */
export interface StartPlan {
  readonly task: TaskObservation;
  readonly type: StartType;
  readonly position?: string;
  readonly danger?: string;
}

/** Phases in which each task may be started. */
const PHASES: Readonly<Record<Direction, readonly Phase[]>> = {
  forward: ["full-load", "cdc", "validated", "cutover"],
  validation: ["cdc", "validated", "cutover"],
  reverse: ["cutover", "rollback-window"],
};

export const directionOf = ({ validation, reverse }: Asked): Direction => {
  if (validation === true && reverse === true)
    throw new CliError("Say --validation or --reverse, not both. Nothing was changed.");
  return validation === true ? "validation" : reverse === true ? "reverse" : "forward";
};

/** A task that must be there. @throws CliError where it is not */
export function requireTask(
  { id, phase }: Pick<DmsMigration, "id" | "phase">,
  observed: DmsObservation,
  direction: Direction,
): TaskObservation {
  const task = taskOf(observed, direction);
  if (task !== undefined) return task;
  throw new CliError(
    `${id} has no ${direction} task in phase ${phase}. Nothing was changed.`,
    direction === "validation"
      ? "There is one from phase cdc on, with validation.separateTask."
      : direction === "reverse"
        ? "There is one from phase cutover on, with reverse.enabled."
        : "Its stack makes it in phase prepare.",
  );
}

/**
 * How to start a task without doing harm: one that never ran begins, one that was stopped goes on where it stopped,
 * and nothing is loaded anew unless somebody says so.
 * https://docs.aws.amazon.com/dms/latest/APIReference/API_StartReplicationTask.html
 * @throws CliError where it must not be started
 */
export function planStart(migration: DmsMigration, observed: DmsObservation, asked: Asked): StartPlan {
  const direction = directionOf(asked);
  const { id, phase } = migration;
  const task = requireTask(migration, observed, direction);
  const refuse = (why: string, mend: string) => new CliError(`${why} Nothing was changed.`, mend);
  if (!PHASES[direction].includes(phase))
    throw refuse(
      `The ${direction} task is not started in phase ${phase}: it runs in ${PHASES[direction].join(", ")}.`,
      direction === "forward" && phase === "prepare"
        ? `Leave prepare first: slipway migrate advance ${id}`
        : `How ${id} stands: slipway migrate status ${id}`,
    );
  if (["running", "starting"].includes(task.status))
    throw refuse(
      `The ${direction} task is ${task.status} already.`,
      `Watch it: slipway migrate status ${id} --watch`,
    );
  if (!STARTABLE.includes(task.status))
    throw refuse(
      `The ${direction} task is ${task.status}, and cannot be started now.`,
      `Wait until it is ready or stopped: slipway migrate status ${id} --watch`,
    );
  refuseBothWays(migration, observed, direction);
  if ((asked.position !== undefined || asked.now === true) && (direction !== "reverse" || task.hasRun))
    throw refuse(
      "--position and --now are for the first start of the reverse task.",
      task.hasRun
        ? "It goes on where it stopped."
        : "Where forward changes begin is task.cdcStartPosition of the definition.",
    );
  if (!task.hasRun) return first(migration, task, asked);
  return again(migration, task, asked);
}

/** `created` is the word of a serverless replication that never ran. */
const STARTABLE = ["ready", "stopped", "failed", "created"];

/** One direction at a time, unless each leaves out what the other wrote. */
function refuseBothWays({ id, reverse }: DmsMigration, observed: DmsObservation, direction: Direction): void {
  if (reverse.loopbackPrevention || direction === "validation") return;
  const [other, flag] =
    direction === "forward" ? (["reverse", " --reverse"] as const) : (["forward", ""] as const);
  const task = taskOf(observed, other);
  if (task === undefined || !["running", "starting", "stopping"].includes(task.status)) return;
  throw new CliError(
    `The ${other} task is ${task.status}: both at once would send changes in circles. Nothing was changed.`,
    `Stop it first: slipway migrate stop ${id}${flag}`,
  );
}

function first(migration: DmsMigration, task: TaskObservation, asked: Asked): StartPlan {
  if (asked.fromScratch === true)
    throw new CliError(
      "It never ran: there is nothing to load anew. Nothing was changed.",
      "Leave --from-scratch away.",
    );
  if (task.direction === "reverse") return firstBack(migration, task, asked);
  const { targetTablePrepMode } = migration.task.settings;
  return {
    task,
    type: "start-replication",
    ...(task.direction === "forward" &&
    migration.task.migrationType !== "cdc" &&
    targetTablePrepMode !== "DO_NOTHING"
      ? { danger: `Tables of the target are emptied first: targetTablePrepMode is ${targetTablePrepMode}.` }
      : {}),
  };
}

/** The way back begins where the target's log stood before anything was written to it. */
function firstBack({ id, target }: DmsMigration, task: TaskObservation, { position, now }: Asked): StartPlan {
  if (position !== undefined && now === true)
    throw new CliError("Say --position or --now, not both. Nothing was changed.");
  const { family, title } = ENGINE[target.engineName];
  if (position !== undefined && family === "postgres" && target.postgresSettings?.slotName === undefined)
    throw new CliError(
      `${title} begins at a position only with a replication slot that was made before. Nothing was changed.`,
      `While nothing is written to the target: slipway migrate start ${id} --reverse --now. Or name a slot in target.postgresSettings.slotName.`,
    );
  if (position === undefined && now !== true && task.cdcStartPosition === undefined)
    throw new CliError(
      "The way back begins at a position of the target's log, and none was given. Nothing was changed.",
      `Read it at the target (slipway migrate runbook ${id} has the statement), then: slipway migrate start ${id} --reverse --position POSITION. Or, while nothing is written to the target, --now.`,
    );
  return {
    task,
    type: "start-replication",
    ...(position === undefined ? {} : { position }),
    ...(now === true
      ? { danger: "What was written to the target before now does not go back to the source." }
      : {}),
  };
}

function again(migration: DmsMigration, task: TaskObservation, { fromScratch }: Asked): StartPlan {
  const { id, phase } = migration;
  const loads = task.migrationType !== "cdc";
  if (fromScratch === true) {
    if (!loads || task.direction === "reverse")
      throw new CliError(
        `The ${task.direction} task loads nothing: it only follows changes. Nothing was changed.`,
        "Leave --from-scratch away: it goes on where it stopped.",
      );
    if (task.direction === "forward" && phase === "cutover")
      throw new CliError(
        "In phase cutover the target may hold what the source has not. Nothing was changed.",
        "Leave --from-scratch away, or go back to phase validated first.",
      );
    return {
      task,
      type: "reload-target",
      danger:
        task.direction === "validation"
          ? "Everything is compared anew."
          : `Everything is loaded anew; tables of the target: ${migration.task.settings.targetTablePrepMode}.`,
    };
  }
  if (task.migrationType === "full-load" && task.direction === "forward")
    throw new CliError(
      `A full load cannot go on where it stopped (${task.stopReason ?? task.status}). Nothing was changed.`,
      `Tables one by one: slipway migrate reload ${id} --table SCHEMA.TABLE. Everything anew: slipway migrate start ${id} --from-scratch`,
    );
  // A task that only compares, all at once, has nowhere to go on from.
  if (task.migrationType === "full-load") return { task, type: "reload-target" };
  return {
    task,
    type: "resume-processing",
    ...(task.direction === "forward" && phase === "cutover"
      ? {
          danger:
            "It goes back before the cutover: right only while nothing has been written to the target, and it overwrites what was.",
        }
      : {}),
  };
}

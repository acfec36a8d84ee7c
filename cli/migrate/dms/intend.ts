import type { DmsMigration } from "../../../environments/schema/migration/dms";
import { CliError } from "../../errors";
import { plural } from "../../output";
import type { Intention } from "../intention";
import type { Asked, Operation, Place } from "../kind";
import { assess, testConnections } from "./assess";
import { checkpointOf, waitFor } from "./follow";
import type { DmsObservation } from "./observation";
import { planReload, RELOADED_AT_ONCE } from "./reload";
import type { Replicator } from "./replicator";
import { directionOf, planStart, requireTask } from "./start";
import { planStop } from "./stop";

/** What an operation would do to a migration by DMS. */
export function intendDms(
  operation: Operation,
  place: Place<DmsMigration>,
  replicator: Replicator,
  observed: DmsObservation,
  asked: Asked,
): Intention {
  switch (operation) {
    case "start":
      return start(place.migration, replicator, observed, asked);
    case "stop":
      return stop(place.migration, replicator, observed, asked);
    case "reload":
      return reload(place.migration, replicator, observed, asked);
    case "assess":
      return asked.connections === true
        ? testConnections(place, replicator)
        : assess(place, replicator, requireTask(place.migration, observed, "forward"));
  }
}

function start(
  migration: DmsMigration,
  replicator: Replicator,
  observed: DmsObservation,
  asked: Asked,
): Intention {
  const { task, type, position, danger } = planStart(migration, observed, asked);
  return {
    what: `${task.id}: ${type}${position === undefined ? "" : ` from ${position}`}`,
    ...(danger === undefined ? {} : { danger }),
    run: async (onProgress) => {
      await replicator.start(task, type, position === undefined ? {} : { position });
      const { status } = await waitFor(replicator, task.id, ["running", "stopped"], onProgress);
      return {
        text: `${task.id} is ${status}`,
        ...(position === undefined ? {} : { record: { task: task.arn, startPosition: position } }),
      };
    },
  };
}

function stop(
  migration: DmsMigration,
  replicator: Replicator,
  observed: DmsObservation,
  asked: Asked,
): Intention {
  const { task, danger } = planStop(migration, observed, asked);
  return {
    what: `${task.id}: stop`,
    ...(danger === undefined ? {} : { danger }),
    run: async (onProgress) => {
      await replicator.stop(task);
      await waitFor(replicator, task.id, ["stopped"], onProgress);
      const follows = task.migrationType !== "full-load" && directionOf(asked) !== "validation";
      const checkpoint = follows ? await checkpointOf(replicator, task.id) : undefined;
      return {
        text: `${task.id} is stopped${checkpoint === undefined ? "" : ` at ${checkpoint}`}`,
        ...(checkpoint === undefined ? {} : { record: { task: task.arn, recoveryCheckpoint: checkpoint } }),
      };
    },
  };
}

function reload(
  migration: DmsMigration,
  replicator: Replicator,
  observed: DmsObservation,
  asked: Asked,
): Intention {
  if (asked.validation === true || asked.reverse === true)
    throw new CliError(
      "Only the forward task loads tables anew. Nothing was changed.",
      "Leave --validation and --reverse away.",
    );
  const { task, tables, danger } = planReload(migration, observed, asked);
  return {
    what: `${task.id}: load ${plural(tables.length, "table")} anew`,
    danger,
    run: async (onProgress) => {
      for (let from = 0; from < tables.length; from += RELOADED_AT_ONCE) {
        await replicator.reload(task, tables.slice(from, from + RELOADED_AT_ONCE));
        onProgress(
          `${task.id}: ${Math.min(from + RELOADED_AT_ONCE, tables.length)} of ${tables.length} asked for`,
        );
      }
      return {
        text: `${plural(tables.length, "table")} of ${task.id} ${tables.length === 1 ? "is" : "are"} loaded anew: slipway migrate status ${migration.id} --watch`,
      };
    },
  };
}

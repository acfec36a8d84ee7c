import type { DmsMigration } from "../../../environments/schema/migration/dms";
import { trafficGates, windowGates } from "../every-kind-gates";
import { gate, isOne, type Gate } from "../gate";
import { measuredIs } from "../measured";
import { errored, latencyGates, type DmsKnown } from "./load-gates";
import { taskOf } from "./observation";
import { comparedGates } from "./validation-gates";

/** The text of the row that is written last into the source, and looked for at the target. */
export const markerOf = ({ id }: Pick<DmsMigration, "id">) => `${id}-cutover`;

/** Writes froze, everything arrived, the way back is open, and clients are at the target. */
export function cutoverGates(known: DmsKnown): readonly Gate[] {
  const { migration, observed, measured } = known;
  const { id, reverse } = migration;
  const forward = taskOf(observed, "forward");
  const follows = migration.task.migrationType !== "full-load";
  return [
    measuredIs(
      measured,
      "marker",
      follows ? markerOf(migration) : "frozen",
      follows
        ? "after the freeze, the marker row of the source is to be read at the target"
        : "writes at the source are to be frozen before the load",
    ),
    isOne(
      "forwardStopped",
      forward?.status ?? "not there",
      ["stopped"],
      `stop it once the marker has arrived: slipway migrate stop ${id}`,
    ),
    ...(follows
      ? [
          gate(
            "recoveryCheckpoint",
            {
              value: forward?.recoveryCheckpoint ?? "none",
              limit: "recorded",
              holds: forward?.recoveryCheckpoint !== undefined,
            },
            "DMS tells it some time after the task stopped",
          ),
        ]
      : []),
    ...comparedGates(known),
    ...(reverse.enabled ? reverseGates(known) : []),
    ...trafficGates(migration),
  ];
}

function reverseGates({ migration, observed, measured }: DmsKnown): readonly Gate[] {
  const task = taskOf(observed, "reverse");
  const position = measured?.values["targetPosition"] ?? task?.cdcStartPosition;
  return [
    gate(
      "targetPosition",
      { value: position ?? "not recorded", limit: "recorded", holds: position !== undefined },
      `read the target's position and start with it: slipway migrate start ${migration.id} --reverse --position POSITION`,
    ),
    isOne(
      "reverseRunning",
      task?.status ?? "not there",
      ["running"],
      task?.failure ?? `start it: slipway migrate start ${migration.id} --reverse --position POSITION`,
    ),
    { ...errored(migration, task), gate: "reverseTablesErrored" },
  ];
}

/** The window is over, and nobody writes to the source but the way back. */
export function rollbackWindowGates(known: DmsKnown): readonly Gate[] {
  const { migration, observed } = known;
  const forward = taskOf(observed, "forward");
  const task = taskOf(observed, "reverse");
  return [
    ...windowGates(known),
    isOne(
      "forwardStopped",
      forward?.status ?? "not there",
      ["stopped", "not there"],
      "it would write old data over new",
    ),
    ...(migration.reverse.enabled
      ? [
          isOne(
            "reverseRunning",
            task?.status ?? "not there",
            ["running"],
            task?.failure ?? `start it: slipway migrate start ${migration.id} --reverse`,
          ),
          { ...errored(migration, task), gate: "reverseTablesErrored" },
          ...latencyGates(migration, task).map((each) => ({ ...each, gate: `reverse ${each.gate}` })),
        ]
      : []),
  ];
}

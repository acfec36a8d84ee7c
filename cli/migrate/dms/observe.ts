import type { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { metricsOf } from "./metrics";
import type { Direction, DmsObservation, TaskObservation } from "./observation";
import type { Replicator } from "./replicator";

/** What of a migration is looked at. */
export interface DmsNames {
  /** The task of each direction; one that the phase does not have is left out. */
  readonly tasks: readonly { readonly direction: Direction; readonly id: string }[];
  readonly endpoints: readonly string[];
  /** Minutes for which latency must be low. */
  readonly stableMinutes: number;
}

/** Looks at everything once. */
export async function observeDms(
  replicator: Replicator,
  cloudWatch: CloudWatchClient,
  names: DmsNames,
  now: Date,
): Promise<DmsObservation> {
  const tasks: TaskObservation[] = [];
  for (const { direction, id } of names.tasks) {
    const task = await replicator.describe(id);
    if (task === undefined) continue;
    const { dimensions: _dimensions, ...plain } = task;
    tasks.push({
      ...plain,
      direction,
      tables: task.hasRun ? await replicator.tables(task) : [],
      ...(task.hasRun ? await metricsOf(cloudWatch, task, names.stableMinutes, now) : {}),
    });
  }
  const forward = tasks.find(({ direction }) => direction === "forward");
  const assessment = forward === undefined ? undefined : await replicator.assessment(forward);
  return {
    kind: "dms",
    tasks,
    connections: forward === undefined ? [] : await replicator.connections(names.endpoints),
    ...(assessment === undefined ? {} : { assessment }),
  };
}

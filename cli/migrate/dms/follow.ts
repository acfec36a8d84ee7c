import { CliError } from "../../errors";
import { pause } from "../../delivery/pause";
import { interruption } from "../../terraform";
import type { DescribedTask, Replicator } from "./replicator";

const LOOK_EVERY = 5_000;
const GIVE_UP_AFTER = 20 * 60_000;

/** Waits until a task is in one of some states; what it is by then. */
export async function waitFor(
  replicator: Replicator,
  id: string,
  wanted: readonly string[],
  onProgress: (text: string) => void,
): Promise<DescribedTask> {
  const until = Date.now() + GIVE_UP_AFTER;
  for (;;) {
    const task = await replicator.describe(id);
    if (task === undefined) throw new CliError(`The task ${id} is gone.`);
    if (wanted.includes(task.status)) return task;
    if (task.status === "failed")
      throw new CliError(
        `The task ${id} failed: ${task.failure ?? task.stopReason ?? "DMS does not say why"}`,
        "Its log in CloudWatch says more; what is mended goes on with the same command.",
      );
    if (interruption.aborted || Date.now() > until)
      throw new CliError(
        `The task ${id} is ${task.status}; what becomes of it is DMS's.`,
        "slipway migrate status shows it.",
      );
    onProgress(`${id}: ${task.status}`);
    await pause(LOOK_EVERY, interruption);
  }
}

/** Where a task stopped, which DMS may tell some moments later. */
export async function checkpointOf(replicator: Replicator, id: string): Promise<string | undefined> {
  for (let looks = 0; looks < 6; looks++) {
    const checkpoint = (await replicator.describe(id))?.recoveryCheckpoint;
    if (checkpoint !== undefined || interruption.aborted) return checkpoint;
    await pause(LOOK_EVERY, interruption);
  }
  return undefined;
}

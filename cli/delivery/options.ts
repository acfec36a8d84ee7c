import type { Command } from "commander";
import { addRunOptions, positive, type RunOptions } from "../preparation";

/** Options of every command that puts an image into service. */
export interface DeliveryOptions extends RunOptions {
  /** Minutes to wait for another delivery; false waits for none. */
  readonly wait: number | false;
  readonly breakLock?: boolean;
  readonly rolloutTimeout: number;
  readonly json?: boolean;
}

export function addDeliveryOptions(command: Command): Command {
  return addRunOptions(
    command
      .option("--wait <minutes>", "how long to wait for another delivery of the service", positive, 30)
      .option("--no-wait", "refuse at once when another delivery of the service is under way")
      .option("--break-lock", "break the lock of a delivery that is dead")
      .option("--rollout-timeout <minutes>", "give a rollout up after so long, and go back", positive, 30)
      .option("--json", "print the release as an object, and nothing else"),
  );
}

export const waitOf = ({ wait }: Pick<DeliveryOptions, "wait">) => (wait === false ? 0 : wait * 60_000);

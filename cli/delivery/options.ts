import type { Command } from "commander";
import type { Service } from "../../environments/schema/service";
import { trafficShift } from "../../environments/schema/service/deployment";
import { addRunOptions, positive, type RunOptions } from "../preparation";

/** Options of every command that puts an image into service. */
export interface DeliveryOptions extends RunOptions {
  /** Minutes to wait for another delivery; false waits for none. */
  readonly wait: number | false;
  readonly breakLock?: boolean;
  /** Minutes. */
  readonly rolloutTimeout?: number;
  readonly json?: boolean;
}

export function addDeliveryOptions(command: Command): Command {
  return addRunOptions(
    command
      .option("--wait <minutes>", "how long to wait for another delivery of the service", positive, 30)
      .option("--no-wait", "refuse at once when another delivery of the service is under way")
      .option("--break-lock", "break the lock of a delivery that is dead")
      .option(
        "--rollout-timeout <minutes>",
        "give a rollout up after so long, and go back (default: 30, and as long as its traffic moves in steps)",
        positive,
      )
      .option("--json", "print the release as an object, and nothing else"),
  );
}

/** Milliseconds after which a rollout is given up. */
export function rolloutTimeout({ rolloutTimeout: minutes }: DeliveryOptions, service: Service): number {
  return (minutes ?? ROLLOUT_MINUTES + shiftMinutes(service)) * 60_000;
}

/** Time for new tasks to start and old ones to stop. */
const ROLLOUT_MINUTES = 30;

/** Minutes for which traffic moves by intention. */
function shiftMinutes({ deploymentConfiguration }: Service): number {
  const shift = trafficShift(deploymentConfiguration);
  if (shift === undefined) return 0;
  const { strategy, bakeTimeInMinutes, canary, linear } = shift;
  const steps =
    strategy === "CANARY"
      ? canary.canaryBakeTimeInMinutes
      : strategy === "LINEAR"
        ? Math.ceil(100 / linear.stepPercent) * linear.stepBakeTimeInMinutes
        : 0;
  return steps + bakeTimeInMinutes;
}

export const waitOf = ({ wait }: Pick<DeliveryOptions, "wait">) => (wait === false ? 0 : wait * 60_000);

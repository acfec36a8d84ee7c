import { CliError } from "../errors";
import { duration } from "../output";
import { pause } from "./pause";
import { hasEnded, type Rollout, type RolloutView } from "./rollout-view";

/** Who watches a rollout, and how. */
export interface Watcher {
  /** Told what the rollout is at, each time it is looked at. */
  readonly onLook: (text: string) => void;
  /** Told what happened, each time something did. */
  readonly onEvent: (text: string) => void;
  /** What happened to the service since last time: messages of ECS, tasks that stopped. */
  readonly news: () => Promise<readonly string[]>;
  /** Milliseconds after which it is given up. */
  readonly timeout: number;
  /** Ends the watching; the rollout goes on. */
  readonly signals: readonly AbortSignal[];
  /** Milliseconds between two looks. @default 5 seconds */
  readonly every?: number;
}

/** How a rollout ended, or `timedOut`: it goes on, and nobody watches. */
export type Ending = Omit<RolloutView, "state"> & {
  readonly state: "completed" | "rolledBack" | "failed" | "timedOut" | "interrupted";
};

/** A look that fails is made up for by the next; so many in a row are no accident. */
const PATIENCE = 12;

/**
 * Follows a rollout to its end.
 * @throws CliError when AWS does not let anybody look any more.
 */
export async function follow(rollout: Rollout, watcher: Watcher): Promise<Ending> {
  const started = Date.now();
  let missed = 0;
  let last: RolloutView = { state: "inProgress", running: 0, desired: 0, pending: 0, failed: 0 };
  for (;;) {
    if (watcher.signals.some(({ aborted }) => aborted)) return { ...last, state: "interrupted" };
    try {
      last = await rollout.look();
      for (const line of await watcher.news()) watcher.onEvent(line);
      missed = 0;
      watcher.onLook(describeView(last));
    } catch (error) {
      if (!mayPass(error) || ++missed >= PATIENCE) throw lostSight(rollout.id, error);
      watcher.onLook(
        `ECS does not answer (${error instanceof Error ? error.name : String(error)}), asking again`,
      );
    }
    if (missed === 0 && hasEnded(last)) return { ...last, state: endOf(last) };
    if (Date.now() - started >= watcher.timeout) {
      return { ...last, state: "timedOut", reason: `not done after ${duration(watcher.timeout)}` };
    }
    await pause(watcher.every ?? 5_000, ...watcher.signals);
  }
}

/**
 * Follows a rollout; one that takes too long is rolled back, since a shift left to itself would move the traffic when
 * nobody looks, or meet what is applied next.
 * @throws CliError when it does not get rolled back either.
 */
export async function followOrTakeBack(rollout: Rollout, watcher: Watcher): Promise<Ending> {
  const ending = await follow(rollout, watcher);
  if (ending.state !== "timedOut" || rollout.stop === undefined) return ending;
  watcher.onEvent(`${ending.reason ?? "too long"}: it is rolled back`);
  try {
    await rollout.stop();
  } catch (error) {
    watcher.onEvent(`it could not be stopped: ${error instanceof Error ? error.message : String(error)}`);
    // It may have ended in between.
    const now = await rollout.look().catch(() => undefined);
    return now !== undefined && hasEnded(now) ? { ...now, state: endOf(now) } : ending;
  }
  const back = await follow(rollout, watcher);
  if (back.state === "timedOut")
    throw new CliError(
      `The rollout ${rollout.id} was not done after ${duration(watcher.timeout)}, nor was its rollback as long after it was asked for.\nIt goes on in AWS; how it ends is not known.`,
      "Look at the service in ECS. Once its rollback is done, deploy again, or go back with slipway rollback.",
    );
  return back.state === "rolledBack" && ending.reason !== undefined
    ? { ...back, reason: ending.reason }
    : back;
}

const endOf = ({ state }: RolloutView): Ending["state"] =>
  state === "completed" || state === "rolledBack" ? state : "failed";

function describeView({ state, stage, running, desired, pending, failed }: RolloutView): string {
  return [
    `${running} of ${desired} running`,
    ...(pending > 0 ? [`${pending} starting`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(stage === undefined ? [] : [stage.toLowerCase().replaceAll("_", " ")]),
    ...(state === "rollingBack" ? ["ECS rolls back"] : []),
  ].join(", ");
}

/** Credentials that ended, or a right that is not there, do not come back by waiting. */
const FINAL =
  /ExpiredToken|InvalidClientToken|UnrecognizedClient|AccessDenied|CredentialsProvider|TokenRefresh/;

/** Whether asking again may be answered. */
export function mayPass(error: unknown): boolean {
  return !(error instanceof CliError) && !(error instanceof Error && FINAL.test(error.name));
}

/** What is said when nobody knows any more how a rollout ends. */
export function lostSight(id: string, error: unknown): CliError {
  return new CliError(
    `Nobody may look at the rollout ${id} any more: ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}\nIt goes on in ECS; how it ends is not known.`,
    "With fresh credentials, deploy the same digest again: it is followed to its end then.",
  );
}

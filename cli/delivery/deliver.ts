import { NO_RELEASE } from "../../modules/delivery/release";
import { CliError } from "../errors";
import type { PlanSummary } from "../plan-summary";
import { changeLines } from "../plan-summary";
import type { Ending } from "./follow";
import type { ReleaseHistory, ReleaseRecord, NewRelease } from "./release-history";
import type { ReleaseParameter } from "./release-parameter";
import { refuseForeignChanges } from "./release-plan";
import type { ReleaseStack } from "./release-stack";
import type { Before, RunningService } from "./running-service";

/** What a delivery works on. */
export interface Parts {
  readonly parameter: ReleaseParameter;
  readonly stack: ReleaseStack;
  /** The service that ECS keeps running; none for a task that a schedule starts. */
  readonly running?: RunningService;
  readonly history: ReleaseHistory;
  readonly watching: {
    /** Milliseconds for a rollout. */
    readonly timeout: number;
    /** Aborted by Ctrl-C, and when the lock is lost. */
    readonly signals: readonly AbortSignal[];
    readonly every?: number;
  };
  /** Told what is going on, for a line that changes. */
  readonly onProgress: (text: string) => void;
  /** Told what happened, for good. */
  readonly onEvent: (text: string) => void;
}

export interface Delivered {
  readonly record: ReleaseRecord;
  /** Whether tasks run it; otherwise it is in place and waits for them. */
  readonly outcome: "succeeded" | "idle";
  readonly ending?: Ending;
  /** What the stack says is not as it should be. */
  readonly notices: readonly string[];
}

/**
 * Puts a digest into service: parameter, one stack's plan and apply, the rollout followed to its end, an empty plan.
 * Whatever fails before tasks are replaced, or by their rollout, brings the former release back.
 * @throws CliError that says what is in service then.
 */
export async function deliver(parts: Parts, release: Omit<NewRelease, "previous">): Promise<Delivered> {
  const { parameter, stack, history, running } = parts;
  const previous = await parameter.read();
  if (previous === undefined)
    throw new CliError(
      `${stack.id} was never applied: it has no release parameter. Nothing was changed.`,
      `Run first: slipway up ${stack.id}`,
    );
  const before = await running?.remember();
  refuseInterrupted(parts, "Nothing was changed.");
  if (previous !== release.digest) await parameter.write(release.digest);
  const planned = await planOrTakeBack(parts, previous, release.digest);
  const record = await history.begin({ ...release, previous }).catch(async (error: unknown) => {
    await putBack(parts, previous);
    throw error;
  });
  const fail = async (
    outcome: ReleaseRecord["outcome"],
    reason: string,
    /** Whether the former tasks have the traffic, with nothing to roll out again. */
    kept: boolean,
  ): Promise<never> => {
    const restored = await restore(parts, previous, release.digest, kept).catch((error: unknown) =>
      describe(error),
    );
    await history.end(record, outcome, reason);
    throw new CliError(
      `${release.service}: ${reason}`,
      restored === undefined
        ? previous === NO_RELEASE
          ? "There was no release before: the service is without one again, and a plan of it is empty."
          : `The release before is in service again (${previous}), and a plan of the stack is empty.`
        : `Nor could the release before be brought back: ${restored}\nThe parameter says ${previous}. Look at it, then: slipway up ${stack.id}`,
    );
  };
  try {
    await applyPlan(parts, planned);
  } catch (error) {
    if (isInterrupted(parts)) return await stopHalfway(parts, record, previous, error);
    // CodeDeploy was not told to begin.
    return await fail("failed", `the apply failed: ${describe(error)}`, running?.keepsFormerTasks === true);
  }
  const ending = await followTo(parts, before).catch(async (error: unknown) => {
    await history.end(record, "interrupted", describe(error)).catch(() => undefined);
    throw error;
  });
  if (ending?.state === "interrupted") {
    await history.end(record, "interrupted", "nobody watched the rollout to its end");
    throw new CliError(
      `Interrupted: ${release.digest} is applied, and its rollout goes on in ECS; how it ends is not known.`,
      "Deploy the same digest again to follow it to its end, or go back with slipway rollback.",
    );
  }
  if (ending !== undefined && ending.state !== "completed")
    return await fail(
      ending.state === "rolledBack" ? "rolledBack" : "failed",
      `${ENDED[ending.state]}${ending.reason === undefined ? "" : `: ${ending.reason}`}`,
      running?.keepsFormerTasks === true && ending.state === "rolledBack",
    );
  const idle = ending !== undefined && ending.running === 0;
  const outcome = idle ? "idle" : "succeeded";
  await history.end(record, outcome);
  const proof = await stack.plan().catch((error: unknown) => {
    throw new CliError(
      `${release.digest} is in service (${outcome}); whether a plan after it is empty is not known: ${describe(error)}`,
      `Look: slipway plan ${stack.id}`,
    );
  });
  refuseLeftovers(stack, proof);
  return { record, outcome, notices: proof.notices, ...(ending === undefined ? {} : { ending }) };
}

const ENDED = {
  rolledBack: "ECS rolled the deployment back",
  failed: "the deployment failed",
  timedOut: "the deployment took too long",
} as const;

async function planOrTakeBack(parts: Parts, previous: string, digest: string): Promise<PlanSummary> {
  const { stack } = parts;
  try {
    parts.onProgress("plan");
    const planned = await stack.plan();
    refuseForeignChanges(stack.id, planned, {
      before: previous !== NO_RELEASE,
      after: digest !== NO_RELEASE,
    });
    refuseInterrupted(parts, "Nothing was applied.");
    return planned;
  } catch (error) {
    if (previous !== digest) await putBack(parts, previous);
    if (error instanceof CliError) throw error;
    throw new CliError(`${describe(error)}\nNothing was applied; the parameter says ${previous} as before.`);
  }
}

/** @throws CliError when even that fails, with what to do by hand. */
async function putBack({ parameter, stack }: Parts, previous: string): Promise<void> {
  try {
    await parameter.write(previous);
  } catch (error) {
    throw new CliError(
      `The parameter could not be set back to ${previous}: ${describe(error)}\nNothing was applied, but the next apply of ${stack.id} would bring the new digest.`,
      "With fresh credentials, run the command again, or write the parameter by hand.",
    );
  }
}

async function applyPlan({ stack, onProgress }: Parts, planned: PlanSummary): Promise<void> {
  onProgress("apply");
  await stack.apply(planned, (text) => onProgress(`apply ${text}`));
}

async function followTo(parts: Parts, before: Before | undefined): Promise<Ending | undefined> {
  if (before === undefined) return undefined;
  const taskDefinition = await parts.stack.taskDefinition();
  if (taskDefinition === undefined)
    throw new CliError(
      `The state of ${parts.stack.id} holds no task definition; nobody knows what to follow.`,
    );
  parts.onProgress("rollout");
  return before.follow(taskDefinition, {
    ...parts.watching,
    onLook: (text) => parts.onProgress(`rollout: ${text}`),
    onEvent: parts.onEvent,
  });
}

/** Brings the former release back and proves it. Throws when it cannot. */
async function restore(parts: Parts, previous: string, digest: string, kept: boolean): Promise<undefined> {
  const { parameter, stack, running } = parts;
  if (isInterrupted(parts)) throw new CliError("interrupted");
  parts.onEvent(`bringing the release before back: ${previous}`);
  await parameter.write(previous);
  const before = await running?.remember();
  const planned = await stack.plan();
  refuseForeignChanges(stack.id, planned, { before: digest !== NO_RELEASE, after: previous !== NO_RELEASE });
  await applyPlan(parts, planned);
  if (previous === NO_RELEASE) await running?.stop();
  else if (!kept) {
    const ending = await followTo(parts, before);
    if (ending !== undefined && ending.state !== "completed")
      throw new CliError(`its rollout: ${ending.reason ?? ending.state}`);
  }
  refuseLeftovers(stack, await stack.plan());
  return undefined;
}

/** After an interruption Terraform runs no more: the parameter alone goes back, so that the next apply does. */
async function stopHalfway(
  parts: Parts,
  record: ReleaseRecord,
  previous: string,
  error: unknown,
): Promise<never> {
  await putBack(parts, previous);
  await parts.history.end(record, "interrupted", `in the apply: ${describe(error)}`);
  throw new CliError(
    `Interrupted in the midst of the apply. The parameter says ${previous} again; the service may run either.`,
    `Settle it: slipway up ${parts.stack.id}, or deploy again.`,
  );
}

/** @throws CliError when a plan after all is done is not empty. */
function refuseLeftovers({ id }: ReleaseStack, proof: PlanSummary): void {
  if (proof.changes.length === 0 && !proof.outputsChange) return;
  throw new CliError(
    `A plan of ${id} after the deployment is not empty:\n${changeLines(proof).join("\n")}`,
    `Something writes beside Terraform. Look at it: slipway plan ${id}`,
  );
}

const isInterrupted = ({ watching }: Parts) => watching.signals.some(({ aborted }) => aborted);

function refuseInterrupted(parts: Parts, what: string): void {
  if (isInterrupted(parts)) throw new CliError(`Interrupted, or the lock was lost. ${what}`);
}

const describe = (error: unknown) => (error instanceof Error ? error.message : String(error));

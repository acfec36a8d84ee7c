import { existsSync } from "node:fs";
import { dirname } from "node:path";
import type { Fleet } from "../environments/schema/fleet";
import * as names from "../environments/schema/names";
import type { StackNode } from "../stacks/graph";
import { forgetLocalState, localState } from "./bootstrap-account";
import type { Credentials } from "./credentials";
import { beyondEmulator, requireCredentials } from "./other-credentials";
import { plural } from "./output";
import { APPLY, type Runs } from "./preparation";
import type { Progress } from "./progress";
import { runInOrder, type Outcome } from "./run-order";
import { StackFailedError } from "./stack-runner";
import { emptyStateBucket, stateBucketExists, stateHoldsResources, storedStates } from "./state-bucket";
import { useBucketState, useLocalState } from "./workspace";

/** Destroys stacks in the given order; a stack stays as long as one that depends on it does. */
export async function downStacks(
  fleet: Fleet,
  runs: Runs,
  stacks: readonly StackNode[],
  lifted: ReadonlySet<string>,
): Promise<boolean> {
  const dependents = ({ id }: StackNode) =>
    stacks.filter(({ dependsOn }) => dependsOn.includes(id)).map((stack) => stack.id);
  return runInOrder(
    stacks,
    dependents,
    (stack, progress) => {
      if (stack.concern === "bootstrap") return downBootstrap(fleet, runs, stack, progress);
      if (stack.concern === "permissions") return downPermissions(fleet, runs, stack, progress);
      return downStack(runs, stack, lifted, progress);
    },
    runs.parallelism,
  );
}

async function downStack(
  runs: Runs,
  stack: StackNode,
  lifted: ReadonlySet<string>,
  progress: Progress,
  role = APPLY,
): Promise<Outcome> {
  const { runner } = runs;
  const { id, account } = stack;
  const passed = beyondEmulator(stack);
  if (passed !== undefined) return passed;
  const { workspace } = runs.prepare(stack);
  requireCredentials(stack, workspace.log);
  progress.update(`${id}: init`);
  await runner.init(workspace, account, role);
  const before = await runner.addresses(workspace, account, role);
  if (before.length === 0) return { kind: "skipped", text: "nothing there" };
  if (lifted.has(id)) {
    progress.update(`${id}: lifting protection`);
    const lifting = await runner.plan(workspace, account, role);
    await runner.applyWithRetries(workspace, account, role, lifting, (text) =>
      progress.update(`${id}: lifting protection, ${text}`),
    );
  }
  progress.update(`${id}: destroy`);
  const summary = await runner.plan(workspace, account, role, ["-destroy"]);
  await runner.applyWithRetries(
    workspace,
    account,
    role,
    summary,
    (text) => progress.update(`${id}: destroyed ${text}`),
    ["-destroy"],
  );
  return { kind: "done", text: `${plural(summary.changes.length, "resource")} destroyed` };
}

/** Revoked after all that they were for is gone, and by somebody else than they were granted to. */
async function downPermissions(
  fleet: Fleet,
  runs: Runs,
  stack: StackNode,
  progress: Progress,
): Promise<Outcome> {
  const { account } = stack;
  const role = names.ORGANIZATION_ROLE;
  const credentials = await runs.credentials.for(account, role);
  if (!(await stateBucketExists(fleet, account, credentials)))
    return { kind: "skipped", text: "nothing there" };
  await refuseStandingStacks(fleet, credentials, stack, runs.prepare(stack).workspace.log);
  return downStack(runs, stack, new Set(), progress, role);
}

/** The last of an account: its state comes out of the bucket before the bucket goes. */
async function downBootstrap(
  fleet: Fleet,
  runs: Runs,
  stack: StackNode,
  progress: Progress,
): Promise<Outcome> {
  const { runner } = runs;
  const { id, account } = stack;
  const role = names.ORGANIZATION_ROLE;
  const { workspace } = runs.prepare(stack);
  const credentials = await runs.credentials.for(account, role);
  const file = localState(dirname(workspace.dir), id);
  // It is here already when an earlier attempt failed after this point.
  if (!existsSync(file)) {
    await refuseStandingStacks(fleet, credentials, stack, workspace.log);
    progress.update(`${id}: taking the state out of its bucket`);
    useBucketState(workspace);
    await runner.init(workspace, account, role);
    useLocalState(workspace, file);
    await runner.init(workspace, account, role, ["-migrate-state", "-force-copy"]);
  }
  useLocalState(workspace, file);
  await runner.init(workspace, account, role);
  const lifting = await runner.plan(workspace, account, role);
  await runner.applyWithRetries(workspace, account, role, lifting, (text) =>
    progress.update(`${id}: lifting protection, ${text}`),
  );
  if (await stateBucketExists(fleet, account, credentials))
    await emptyStateBucket(fleet, account, credentials);
  const summary = await runner.plan(workspace, account, role, ["-destroy"]);
  await runner.applyWithRetries(
    workspace,
    account,
    role,
    summary,
    (text) => progress.update(`${id}: destroyed ${text}`),
    ["-destroy"],
  );
  forgetLocalState(file);
  return { kind: "done", text: `${plural(summary.changes.length, "resource")} destroyed` };
}

async function refuseStandingStacks(
  fleet: Fleet,
  credentials: Credentials,
  { id, account }: StackNode,
  log: string,
): Promise<void> {
  const standing: string[] = [];
  const bootstrap = names.stackId(account, "bootstrap");
  for (const other of await storedStates(fleet, account, credentials)) {
    if (other === id || other === bootstrap) continue;
    if (await stateHoldsResources(fleet, account, credentials, other)) standing.push(other);
  }
  if (standing.length === 0) return;
  throw new StackFailedError(
    id,
    "check",
    `The account's bucket still holds the states of ${standing.join(", ")}. Destroy these first: slipway down ${standing.join(" ")}`,
    log,
  );
}

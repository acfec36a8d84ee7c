import { isStateful } from "../stacks/ledger";
import type { StackNode } from "../stacks/graph";
import { beyondEmulator, requireCredentials } from "./other-credentials";
import { colour, print } from "./output";
import { changeLines, describeChanges, type PlanSummary } from "./plan-summary";
import { APPLY, type Runs } from "./preparation";
import { runInOrder } from "./run-order";
import type { Omission } from "./sandbox/omissions";
import { StackFailedError } from "./stack-runner";
import { emulatorEndpoint } from "./workspace";

export interface UpSettings {
  /** Whether a plan may destroy or replace something stateful. */
  readonly allowStatefulDestroy: boolean;
  /** Told of each stack's plan and of what an emulator cannot play. @default nobody */
  readonly onApplied?: (
    stack: StackNode,
    summary: PlanSummary,
    omissions: readonly Omission[],
    outputs: Record<string, unknown>,
  ) => void;
  /** Whether every change gets a line. @default false: the numbers only, and changes of what was there before */
  readonly everyChange?: boolean;
}

/** Plans and applies stacks in order; returns whether all went well. */
export async function upStacks(
  runs: Runs,
  stacks: readonly StackNode[],
  settings: UpSettings,
): Promise<boolean> {
  const { runner } = runs;
  const details = new Map<string, string[]>();
  const notices = new Map<string, readonly string[]>();
  const ok = await runInOrder(
    stacks,
    ({ dependsOn }) => dependsOn,
    async (stack, progress) => {
      const passed = beyondEmulator(stack);
      if (passed !== undefined) return passed;
      const { workspace, omissions } = runs.prepare(stack);
      refuseBlocked(stack, workspace.log);
      requireCredentials(stack, workspace.log);
      const { account } = stack;
      progress.update(`${stack.id}: init`);
      await runner.init(workspace, account, APPLY);
      progress.update(`${stack.id}: plan`);
      const first = await runner.plan(workspace, account, APPLY);
      refuseFaults(stack, first, workspace.log);
      refuseStatefulDestroy(stack, first, settings, workspace.log);
      const quiet = first.changes.length === 0 && !first.outputsChange;
      const before = first.changes.some(({ action }) => action !== "create");
      if (before || settings.everyChange === true) details.set(stack.id, changeLines(first));
      if (!quiet)
        await runner.applyWithRetries(workspace, account, APPLY, first, (text) =>
          progress.update(`${stack.id}: apply ${text}`),
        );
      if (first.notices.length > 0) notices.set(stack.id, first.notices);
      settings.onApplied?.(stack, first, omissions, await runner.outputs(workspace, account, APPLY));
      return { kind: "done", text: describeChanges(first, "past") };
    },
    runs.parallelism,
  );
  for (const { id } of stacks)
    notices.get(id)?.forEach((message) => print(`${colour.yellow("!")} ${id}: ${message}`));
  for (const { id } of stacks) {
    const lines = details.get(id) ?? [];
    if (lines.length === 0) continue;
    print(`\n  ${id}`);
    lines.forEach((line) => print(line));
  }
  return ok;
}

/** An emulator proves nothing by DNS, and so waits for nobody. */
function refuseBlocked({ id, lacks }: StackNode, log: string): void {
  const missing = lacks.find(({ blocksApply }) => blocksApply === true);
  if (missing === undefined || emulatorEndpoint() !== undefined) return;
  const { account, fact, needed } = missing;
  throw new StackFailedError(
    id,
    "check",
    `Needs ${fact} of ${account}, ${needed}; nothing was changed.\nslipway up ${account}-network, slipway facts --write ${account}, apply the parent zone's network, then this again.`,
    log,
  );
}

/** @throws StackFailedError when a plan would leave a service's traffic without tasks, or stop what replicates. */
export function refuseFaults({ id }: StackNode, { faults = [] }: PlanSummary, log: string): void {
  if (faults.length === 0) return;
  throw new StackFailedError(
    id,
    "plan",
    `The plan would do harm; nothing was changed:\n${faults.join("\n")}`,
    log,
  );
}

function refuseStatefulDestroy(
  { id }: StackNode,
  { changes }: PlanSummary,
  settings: UpSettings,
  log: string,
): void {
  const lost = changes.filter(
    ({ action, type }) => (action === "delete" || action === "replace") && isStateful(type),
  );
  if (lost.length === 0 || settings.allowStatefulDestroy) return;
  throw new StackFailedError(
    id,
    "plan",
    `The plan destroys what holds data; nothing was changed:\n${changeLines({ changes: lost }).join("\n")}\nRenamed? Add a moved block. Meant? Say --allow-stateful-destroy.`,
    log,
  );
}

import type { Command } from "commander";
import { requireApproval } from "../approval";
import { isFoundation } from "../../stacks/graph";
import { describeOrphan, orphansOf } from "../orphans";
import { colour, print } from "../output";
import { requirePermissions } from "../permissions";
import { loadPlatform, writeStacks } from "../platform";
import { addRunOptions, APPLY, prepareRuns, type RunOptions } from "../preparation";
import { select } from "../selection";
import { upStacks } from "../up-stacks";
import { printWaiting } from "../waiting";

interface UpOptions extends RunOptions {
  readonly autoApprove?: boolean;
  readonly allowStatefulDestroy?: boolean;
}

export function registerUp(program: Command): void {
  addRunOptions(
    program
      .command("up")
      .description("plan and apply stacks, each after those it depends on")
      .argument("[selectors...]", "stack ids, accounts, concerns or globs (default: all)")
      .option("--auto-approve", "do not ask before the first apply")
      .option("--allow-stateful-destroy", "apply plans that destroy or replace something stateful"),
  ).action(async (selectors: string[], options: UpOptions) => {
    const platform = loadPlatform({ selectors });
    const selected = select(platform.stacks, selectors);
    const stacks = selected.filter((node) => node.stack !== undefined && !isFoundation(node));
    printWaiting(selected);
    if (selected.some(isFoundation))
      print("Bootstrap and permissions are left out: slipway bootstrap ACCOUNT applies them.");
    if (stacks.length === 0) return;
    if (!(await requireApproval(`Plan and apply ${stacks.length} stacks?`, options.autoApprove === true)))
      return;
    writeStacks(platform, stacks);
    const runs = await prepareRuns(platform, stacks, options, APPLY);
    await requirePermissions(platform, stacks, (account) => runs.credentials.for(account, APPLY));
    const ok = await upStacks(runs, stacks, { allowStatefulDestroy: options.allowStatefulDestroy === true });
    for (const account of new Set(stacks.map((stack) => stack.account))) {
      const orphans = await orphansOf(platform, account, await runs.credentials.for(account, APPLY));
      orphans.forEach((orphan) => print(`${colour.yellow("!")} ${describeOrphan(orphan)}`));
    }
    if (!ok) process.exitCode = 1;
  });
}

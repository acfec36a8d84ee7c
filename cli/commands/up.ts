import type { Command } from "commander";
import { requireApproval } from "../approval";
import { print } from "../output";
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
    const platform = loadPlatform();
    const selected = select(platform.stacks, selectors);
    const stacks = selected.filter(({ stack, concern }) => stack !== undefined && concern !== "bootstrap");
    printWaiting(selected);
    if (selected.some(({ concern }) => concern === "bootstrap"))
      print("Bootstrap stacks are left out: slipway bootstrap ACCOUNT applies them.");
    if (stacks.length === 0) return;
    if (!(await requireApproval(`Plan and apply ${stacks.length} stacks?`, options.autoApprove === true)))
      return;
    writeStacks(platform, stacks);
    const runs = await prepareRuns(platform, stacks, options, APPLY);
    const ok = await upStacks(runs, stacks, { allowStatefulDestroy: options.allowStatefulDestroy === true });
    if (!ok) process.exitCode = 1;
  });
}

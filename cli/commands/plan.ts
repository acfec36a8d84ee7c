import type { Command } from "commander";
import { beyondEmulator, withoutCredentials } from "../other-credentials";
import { plural, print } from "../output";
import { changeLines, describeChanges } from "../plan-summary";
import { loadPlatform, writeStacks } from "../platform";
import { addRunOptions, PLAN, prepareRuns, type RunOptions } from "../preparation";
import { runInOrder } from "../run-order";
import { select } from "../selection";
import { refuseFaults } from "../up-stacks";
import { printWaiting } from "../waiting";

interface PlanOptions extends RunOptions {
  readonly failOnChanges?: boolean;
}

/** Exit code of `--fail-on-changes` when there are changes; the same as of Terraform's own `-detailed-exitcode`. */
const CHANGES = 2;

export function registerPlan(program: Command): void {
  addRunOptions(
    program
      .command("plan")
      .description("show what applying stacks would change; changes nothing")
      .argument("[selectors...]", "stack ids, accounts, concerns or globs (default: all)")
      .option("--fail-on-changes", `exit ${CHANGES} when something would change, as in a search for drift`),
  ).action(async (selectors: string[], options: PlanOptions) => {
    const platform = loadPlatform({ selectors });
    const selected = select(platform.stacks, selectors);
    const stacks = selected.filter(({ stack, concern }) => stack !== undefined && concern !== "bootstrap");
    printWaiting(selected);
    writeStacks(platform, stacks);
    const runs = await prepareRuns(platform, stacks, options, PLAN);
    const changes = new Map<string, readonly string[]>();
    const changed: string[] = [];
    const ok = await runInOrder(
      stacks,
      () => [],
      async (stack) => {
        const passed = beyondEmulator(stack) ?? withoutCredentials(stack);
        if (passed !== undefined) return passed;
        const { workspace } = runs.prepare(stack);
        await runs.runner.init(workspace, stack.account, PLAN);
        const summary = await runs.runner.plan(workspace, stack.account, PLAN, [
          // Nothing is changed: neither is an apply kept waiting, nor the plan by it.
          "-lock=false",
        ]);
        refuseFaults(stack, summary, workspace.log);
        changes.set(stack.id, changeLines(summary));
        if (summary.changes.length > 0 || summary.outputsChange) changed.push(stack.id);
        return { kind: "done", text: describeChanges(summary) };
      },
      runs.parallelism,
    );
    for (const { id } of stacks) {
      const lines = changes.get(id) ?? [];
      if (lines.length > 0) ["", `  ${id}`, ...lines].forEach((line) => print(line));
    }
    if (!ok) process.exitCode = 1;
    else if (options.failOnChanges === true && changed.length > 0) {
      print(`\n${plural(changed.length, "stack")} not as described: ${changed.sort().join(", ")}.`);
      process.exitCode = CHANGES;
    }
  });
}

import type { Command } from "commander";
import type { StackNode } from "../../stacks/graph";
import { plural, print, printJson, printTable } from "../output";
import { loadPlatform } from "../platform";
import { resourcesOf } from "../resources";
import { select } from "../selection";

/** What `slipway list --json` prints of a stack. */
interface ListedStack {
  readonly stack: string;
  readonly account: string;
  readonly concern: string;
  /** How many resources it holds. */
  readonly resources: number;
  /** Recorded facts that it lacks, each with what it is needed for; empty for a stack that can be applied. */
  readonly waitsFor: readonly string[];
  /** Stacks that are applied before it. */
  readonly dependsOn: readonly string[];
}

export function registerList(program: Command): void {
  program
    .command("list")
    .description("list stacks, in the order in which they are applied; makes no AWS call")
    .argument("[selectors...]", "stack ids, accounts, concerns or globs (default: all)")
    .option("--json", "print an array, an object a stack")
    .action((selectors: string[], { json }: { json?: boolean }) => {
      const stacks = select(loadPlatform().stacks, selectors).map(listed);
      if (json === true) return printJson(stacks);
      printTable(
        ["STACK", "ACCOUNT", "CONCERN", "RESOURCES", "WAITS FOR"],
        stacks.map(({ stack, account, concern, resources, waitsFor }) => [
          stack,
          account,
          concern,
          resources,
          waitsFor.join("; "),
        ]),
      );
      const accounts = new Set(stacks.map(({ account }) => account)).size;
      const resources = stacks.reduce((sum, stack) => sum + stack.resources, 0);
      print(
        `\n${plural(stacks.length, "stack")} in ${plural(accounts, "account")}, ${plural(resources, "resource")}.`,
      );
    });
}

function listed({ id, account, concern, stack, dependsOn, waitsFor, lacks }: StackNode): ListedStack {
  return {
    stack: id,
    account: account.name,
    concern,
    resources: stack === undefined ? 0 : resourcesOf(stack).length,
    waitsFor: [...waitsFor, ...lacks].map(
      ({ account: from, fact, needed }) => `facts/${from}.json: ${fact}, ${needed}`,
    ),
    dependsOn,
  };
}

import type { Command } from "commander";
import { printJson, print } from "../output";
import { detailedDiagram, summaryDiagram } from "../diagram";
import { loadPlatform } from "../platform";
import { select } from "../selection";

export function registerGraph(program: Command): void {
  program
    .command("graph")
    .description("draw which stack is applied before which, as a Mermaid diagram; makes no AWS call")
    .argument("[selectors...]", "stack ids, accounts, concerns or globs (default: all)")
    .option("--json", "print stacks and what each depends on")
    .option("--summary", "one box for all services of an account")
    .action((selectors: string[], { json, summary }: { json?: boolean; summary?: boolean }) => {
      const stacks = select(loadPlatform().stacks, selectors);
      if (json === true) return printJson(stacks.map(({ id, dependsOn }) => ({ stack: id, dependsOn })));
      print(summary === true ? summaryDiagram(stacks) : detailedDiagram(stacks));
    });
}

import type { Command } from "commander";
import { plural, print } from "../output";
import { loadPlatform, writeStacks } from "../platform";
import { select } from "../selection";
import { printWaiting } from "../waiting";

export function registerSynth(program: Command): void {
  program
    .command("synth")
    .description("write the Terraform JSON of stacks; makes no AWS call")
    .argument("[selectors...]", "stack ids, accounts, concerns or globs (default: all)")
    .option("--out <dir>", "folder to write into", process.env["CDKTF_OUTDIR"] ?? "cdktf.out")
    .action((selectors: string[], { out }: { out: string }) => {
      const platform = loadPlatform({ outdir: out });
      const selected = select(platform.stacks, selectors);
      const made = selected.filter(({ stack }) => stack !== undefined);
      writeStacks(platform, made);
      print(`${plural(made.length, "stack")} written to ${out}/stacks/.`);
      printWaiting(selected);
    });
}

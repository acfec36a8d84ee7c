import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import type { Command } from "commander";
import { loadFleet } from "../../environments/schema/load";
import { synthesize } from "../../stacks/synthesis";
import { plural, print } from "../output";
import { onlyThose } from "../platform";
import { printWaiting } from "../waiting";

export function registerSynth(program: Command): void {
  program
    .command("synth")
    .description("write the Terraform JSON of stacks; makes no AWS call")
    .argument("[selectors...]", "stack ids, accounts, concerns or globs (default: all)")
    .option("--out <dir>", "folder to write into", process.env["CDKTF_OUTDIR"] ?? "cdktf.out")
    .action(async (selectors: string[], { out }: { out: string }) => {
      const fleet = loadFleet();
      mkdirSync(dirname(out), { recursive: true });
      const stacks = await synthesize(fleet, { outdir: out, ...onlyThose(fleet, selectors) });
      const made = stacks.filter(({ waitsFor }) => waitsFor.length === 0);
      print(`${plural(made.length, "stack")} written to ${out}/stacks/.`);
      printWaiting(stacks);
    });
}

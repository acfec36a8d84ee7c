import type { Command } from "commander";
import { checkLedger, writeLedgers } from "../ledger-files";
import { colour, print } from "../output";
import { loadPlatform } from "../platform";
import { CliError } from "../errors";

export function registerLedger(program: Command): void {
  program
    .command("ledger")
    .description("compare the recorded addresses with the stacks; --write records them")
    .option("--write", "record what is there now")
    .option("--removed <reason>", "with --write: what is gone was destroyed on purpose, and why")
    .action(({ write, removed }: { write?: boolean; removed?: string }) => {
      const platform = loadPlatform();
      const { lost, unrecorded } = checkLedger(platform);
      if (write !== true) {
        lost.forEach(({ stack, address }) => print(`${colour.red("-")} ${stack} ${address}`));
        unrecorded.forEach(({ stack, address }) => print(`${colour.green("+")} ${stack} ${address}`));
        print(`Addresses: ${lost.length} gone, ${unrecorded.length} not recorded.`);
        if (lost.length + unrecorded.length > 0) process.exitCode = 1;
        return;
      }
      if (lost.length > 0 && removed === undefined) {
        throw new CliError(
          `These recorded addresses are gone; nothing was written:\n${lost.map(({ stack, address }) => `  ${stack} ${address}`).join("\n")}`,
          'Renamed? Add moved blocks. Destroyed on purpose? slipway ledger --write --removed "why".',
        );
      }
      const files = writeLedgers(platform, removed);
      files.forEach((file) => print(`Written: ${file}`));
      if (files.length === 0) print("The ledgers are up to date.");
    });
}

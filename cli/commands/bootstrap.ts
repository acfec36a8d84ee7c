import type { Command } from "commander";
import { nearest } from "../../environments/schema/parse";
import { requireApproval } from "../approval";
import { bootstrapFoundation, foundationOf } from "../bootstrap-permissions";
import { CliError } from "../errors";
import { loadPlatform, writeStacks } from "../platform";
import { addRunOptions, startRuns, type RunOptions } from "../preparation";

export function registerBootstrap(program: Command): void {
  addRunOptions(
    program
      .command("bootstrap")
      .description(
        "make an account's state bucket, boundary, plan/apply roles and permissions, or bring them up to date",
      )
      .argument("<account>", "name of the account")
      .option("--auto-approve", "do not ask before applying"),
  ).action(async (name: string, options: RunOptions & { autoApprove?: boolean }) => {
    const platform = loadPlatform();
    const stack = platform.stacks.find(
      ({ concern, account }) => concern === "bootstrap" && account.name === name,
    );
    if (stack === undefined) {
      const accounts = platform.fleet.accounts.map((account) => account.name);
      const meant = nearest(name, accounts);
      throw new CliError(
        `There is no account "${name}".`,
        meant === undefined ? `Accounts: ${accounts.join(", ")}.` : `Did you mean ${meant}?`,
      );
    }
    if (
      !(await requireApproval(
        `Bootstrap account ${name} (${stack.account.id})?`,
        options.autoApprove === true,
      ))
    )
      return;
    writeStacks(platform, foundationOf(platform, stack.account));
    const runs = await startRuns(platform, options);
    if (!(await bootstrapFoundation(platform, runs, stack.account))) process.exitCode = 1;
  });
}

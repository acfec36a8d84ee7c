import type { Command } from "commander";
import { nearest } from "../../environments/schema/parse";
import { requireApproval } from "../approval";
import { bootstrapAccount } from "../bootstrap-account";
import { CliError } from "../errors";
import { loadPlatform, writeStacks } from "../platform";
import { addRunOptions, startRuns, type RunOptions } from "../preparation";
import { runInOrder } from "../run-order";

export function registerBootstrap(program: Command): void {
  addRunOptions(
    program
      .command("bootstrap")
      .description("make an account's state bucket, boundary and plan/apply roles, or bring them up to date")
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
    writeStacks(platform, [stack]);
    const runs = await startRuns(platform, options);
    const ok = await runInOrder(
      [stack],
      () => [],
      async (_, progress) => ({
        kind: "done",
        text: await bootstrapAccount(platform.fleet, runs, stack, (text) =>
          progress.update(`${stack.id}: ${text}`),
        ),
      }),
    );
    if (!ok) process.exitCode = 1;
  });
}

import { appendFileSync, writeFileSync } from "node:fs";
import type { Command } from "commander";
import type { Fleet } from "../../environments/schema/fleet";
import { affectedStacks } from "../affected-stacks";
import { CliError } from "../errors";
import { colour, plural, print, printJson } from "../output";
import { loadPlatform } from "../platform";
import { select } from "../selection";
import { childPipeline } from "../workflows/gitlab-child";
import { accountJobs } from "../workflows/job-groups";
import { yamlOf } from "../workflows/workflow-file";

interface AffectedOptions {
  readonly base?: string;
  readonly account?: string;
  readonly json?: boolean;
  readonly outputs?: string;
  readonly childPipeline?: string;
  readonly apply?: boolean;
}

export function registerAffected(program: Command): void {
  program
    .command("affected")
    .description("name the stacks that changed since a commit, in the order in which to apply them")
    .option("--base <ref>", "commit, branch or tag to compare with (default: none, and every stack counts)")
    .option("--account <account>", "only stacks of this account")
    .option("--json", "everything, for machines")
    .option(
      "--outputs <file>",
      "append common=, services=, after_services= and beyond_aws= for the jobs of CI, as GITHUB_OUTPUT takes them",
    )
    .option("--child-pipeline <file>", "write the account's child pipeline of GitLab, which plans them")
    .option("--apply", "the child pipeline applies them")
    .action(({ base, account, json, outputs, childPipeline: file, apply }: AffectedOptions) => {
      const platform = loadPlatform();
      const mine = select(platform.stacks, account === undefined ? [] : [account]);
      const ids = new Set(mine.map(({ id }) => id));
      const affected = affectedStacks(platform, base === "" ? undefined : base);
      const stacks = affected.stacks.filter(({ id }) => ids.has(id));
      const removed = affected.removed.filter(
        (id) => account === undefined || accountOf(platform.fleet, id) === account,
      );
      const bootstrap = stacks.filter(({ concern }) => concern === "bootstrap");
      const applied = stacks.filter(({ concern }) => concern !== "bootstrap");
      const jobs = accountJobs(mine, applied);
      if (outputs !== undefined) appendFileSync(outputs, outputLines(jobs));
      if (file !== undefined) {
        const owner = platform.fleet.accounts.find(({ name }) => name === account);
        if (owner === undefined)
          throw new CliError("A child pipeline is one account's.", "Name it with --account.");
        const { name } = platform.fleet.organization;
        writeFileSync(file, yamlOf(childPipeline(owner, jobs, apply === true), name));
      }
      if (json === true) {
        printJson({
          ...(affected.base === undefined ? {} : { base: affected.base }),
          ...(affected.reason === undefined ? {} : { reason: affected.reason }),
          stacks: applied.map(({ id }) => id),
          bootstrap: bootstrap.map(({ id }) => id),
          removed,
          jobs,
        });
        return;
      }
      applied.forEach(({ id }) => print(id));
      const note = (text: string) => process.stderr.write(`${text}\n`);
      if (affected.reason !== undefined)
        note(`${colour.yellow("-")} Every stack counts as changed: ${affected.reason}.`);
      if (bootstrap.length > 0 && affected.reason === undefined)
        note(
          `${colour.yellow("-")} Bootstrap changed, which an administrator applies: slipway bootstrap ${bootstrap.map((stack) => stack.account.name).join(" ")}`,
        );
      if (removed.length > 0)
        note(
          `${colour.yellow("!")} No longer described, and not destroyed by leaving them out: ${removed.join(", ")}. slipway down them where they still are.`,
        );
      note(`${plural(applied.length, "stack")} of ${mine.length} affected.`);
    });
}

/** The account of a stack that is no more; one account's name may begin with another's. */
function accountOf({ accounts }: Fleet, id: string): string | undefined {
  const names = accounts.map(({ name }) => name).filter((name) => id.startsWith(`${name}-`));
  return names.sort((a, b) => b.length - a.length)[0];
}

/** A line an output; empty or missing where there is nothing to do, so that a job can be left out. */
function outputLines({
  common,
  services,
  afterServices,
  beyondAws = [],
}: ReturnType<typeof accountJobs>): string {
  const matrix = { include: services.map(({ name, stacks }) => ({ name, stacks: stacks.join(" ") })) };
  return [
    `common=${common.join(" ")}`,
    `services=${services.length === 0 ? "" : JSON.stringify(matrix)}`,
    `after_services=${afterServices.join(" ")}`,
    ...(beyondAws.length === 0 ? [] : [`beyond_aws=${beyondAws.join(" ")}`]),
    "",
  ].join("\n");
}

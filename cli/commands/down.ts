import type { Command } from "commander";
import type { StackNode } from "../../stacks/graph";
import { requireApproval } from "../approval";
import { downStacks } from "../down-stacks";
import { CliError } from "../errors";
import { plural, print } from "../output";
import { loadPlatform, writeStacks } from "../platform";
import { addRunOptions, APPLY, prepareRuns, type RunOptions } from "../preparation";
import { protectedAddresses } from "../resources";
import { select } from "../selection";

interface DownOptions extends RunOptions {
  readonly autoApprove?: boolean;
  readonly liftProtection?: boolean;
}

export function registerDown(program: Command): void {
  addRunOptions(
    program
      .command("down")
      .description("destroy stacks, each before those it depends on; bootstrap only when named by its id")
      .argument("<selectors...>", "stack ids, accounts, concerns or globs")
      .option("--auto-approve", "do not ask")
      .option("--lift-protection", "first lift what refuses to be destroyed"),
  ).action(async (selectors: string[], options: DownOptions) => {
    const known = loadPlatform();
    const selected = select(known.stacks, selectors).filter(({ stack }) => stack !== undefined);
    const kept = selected.filter(({ concern, id }) => concern === "bootstrap" && !selectors.includes(id));
    const stacks = selected.filter((stack) => !kept.includes(stack));
    if (options.liftProtection !== true) refuseProtected(stacks);
    const lifted = new Set(stacks.filter(isProtected).map(({ id }) => id));
    const platform = loadPlatform({ liftProtection: lifted });
    const ids = new Set(stacks.map(({ id }) => id));
    const targets = platform.stacks.filter(({ id }) => ids.has(id)).reverse();
    if (targets.length === 0) return;
    print(`To be destroyed, in this order: ${targets.map(({ id }) => id).join(", ")}.`);
    if (
      !(await requireApproval(
        `Destroy ${plural(targets.length, "stack")} and all that is in them?`,
        options.autoApprove === true,
      ))
    )
      return;
    writeStacks(platform, targets);
    const ordinary = targets.filter(({ concern }) => concern !== "bootstrap");
    const runs = await prepareRuns(platform, ordinary, options, APPLY);
    const ok = await downStacks(platform.fleet, runs, targets, lifted);
    for (const { id } of kept)
      print(
        `Left standing: ${id}, which holds the states. Last of all: slipway down ${id} --lift-protection`,
      );
    if (!ok) process.exitCode = 1;
  });
}

const isProtected = ({ stack }: StackNode) => stack !== undefined && protectedAddresses(stack).length > 0;

function refuseProtected(stacks: readonly StackNode[]): void {
  const protectedStacks = stacks.flatMap(({ id, stack }) => {
    const addresses = stack === undefined ? [] : protectedAddresses(stack);
    return addresses.length === 0
      ? []
      : [
          `  ${id}: ${addresses.slice(0, 3).join(", ")}${addresses.length > 3 ? ` and ${addresses.length - 3} more` : ""}`,
        ];
  });
  if (protectedStacks.length === 0) return;
  throw new CliError(
    `These stacks refuse to be destroyed; nothing was changed:\n${protectedStacks.join("\n")}`,
    "Choose others, or say --lift-protection to lift that first.",
  );
}

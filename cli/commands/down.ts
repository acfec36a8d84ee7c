import type { Command } from "commander";
import { isFoundation, type Platform, type StackNode } from "../../stacks/graph";
import { requireApproval } from "../approval";
import { downStacks } from "../down-stacks";
import { CliError } from "../errors";
import {
  accountOfId,
  describeOrphan,
  orphansOf,
  orphanStacks,
  refuseGuardedOrphans,
  type Orphan,
} from "../orphans";
import { colour, plural, print } from "../output";
import { loadPlatform, writeStacks } from "../platform";
import { addRunOptions, APPLY, prepareRuns, type RunOptions, type Runs } from "../preparation";
import { protectedAddresses } from "../resources";
import { select } from "../selection";
import { stateBucketExists } from "../state-bucket";

interface DownOptions extends RunOptions {
  readonly autoApprove?: boolean;
  readonly liftProtection?: boolean;
  readonly orphans?: boolean;
}

export function registerDown(program: Command): void {
  addRunOptions(
    program
      .command("down")
      .description(
        "destroy stacks, each before those it depends on; bootstrap and permissions only when named by their ids",
      )
      .argument(
        "<selectors...>",
        "stack ids, accounts, concerns or globs; ids also of stacks that the code has no more",
      )
      .option("--auto-approve", "do not ask")
      .option("--lift-protection", "first lift what refuses to be destroyed")
      .option("--orphans", "destroy also what the code of these accounts has no more"),
  ).action(async (selectors: string[], options: DownOptions) => {
    const known = loadPlatform();
    const strangers = selectors.filter((selector) => isStranger(known, selector));
    const named = selectors.filter((selector) => !strangers.includes(selector));
    const selected =
      named.length === 0
        ? []
        : withPermissions(known, select(known.stacks, named), named).filter(
            ({ stack }) => stack !== undefined,
          );
    const kept = selected.filter((stack) => isFoundation(stack) && !isNamed(stack, named));
    const stacks = selected.filter((stack) => !kept.includes(stack));
    if (options.liftProtection !== true) refuseProtected(stacks);
    const lifted = new Set(stacks.filter(isProtected).map(({ id }) => id));
    const platform = loadPlatform({ liftProtection: lifted });
    const ids = new Set(stacks.map(({ id }) => id));
    const ordinary = stacks.filter((stack) => !isFoundation(stack));
    const runs = await prepareRuns(platform, ordinary, options, APPLY);
    const orphans = await findOrphans(platform, runs, strangers, selected, options);
    refuseGuardedOrphans(orphans, options.liftProtection === true);
    const targets = [
      ...orphanStacks(platform, orphans),
      ...platform.stacks.filter(({ id }) => ids.has(id)).reverse(),
    ];
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
    const ok = await downStacks(platform.fleet, runs, targets, lifted);
    for (const account of new Set(kept.map((stack) => stack.account)))
      print(
        `Left standing: ${account.name}-bootstrap, which holds the states, and the permissions. Last of all: slipway down ${account.name}-bootstrap --lift-protection`,
      );
    if (!ok) process.exitCode = 1;
  });
}

/** Whether a selector may be the id of a stack that the code has no more. */
function isStranger({ stacks, fleet }: Platform, selector: string): boolean {
  const matches = stacks.some(
    ({ id, account, concern }) => id === selector || account.name === selector || concern === selector,
  );
  return !matches && /^[a-z0-9-]+$/.test(selector) && accountOfId(fleet, selector) !== undefined;
}

/** Whoever names an account's bootstrap means its permissions too: they are revoked just before. */
function withPermissions(
  { stacks }: Platform,
  selected: readonly StackNode[],
  named: readonly string[],
): StackNode[] {
  const wanted = new Set(selected.map(({ id }) => id));
  return stacks.filter((stack) => wanted.has(stack.id) || (isFoundation(stack) && isNamed(stack, named)));
}

const isNamed = ({ id, account }: StackNode, named: readonly string[]) =>
  named.includes(id) || named.includes(`${account.name}-bootstrap`);

/** The orphans that are named by their ids, or all of the accounts with `--orphans`; the others are told. */
async function findOrphans(
  platform: Platform,
  runs: Runs,
  strangers: readonly string[],
  selected: readonly StackNode[],
  options: DownOptions,
): Promise<Orphan[]> {
  const { fleet } = platform;
  const accounts = new Set([
    ...strangers.flatMap((id) => accountOfId(fleet, id) ?? []),
    ...selected.filter((stack) => !isFoundation(stack)).map(({ account }) => account),
  ]);
  const found: Orphan[] = [];
  for (const { name } of accounts) {
    const account = fleet.accounts.find((other) => other.name === name);
    if (account === undefined) continue;
    const credentials = await runs.credentials.for(account, APPLY);
    if (await stateBucketExists(fleet, account, credentials))
      found.push(...(await orphansOf(platform, account, credentials)));
  }
  const wanted = found.filter(({ id }) => options.orphans === true || strangers.includes(id));
  for (const orphan of found)
    if (!wanted.includes(orphan)) print(`${colour.yellow("!")} ${describeOrphan(orphan)}`);
  const nowhere = strangers.filter((id) => !wanted.some((orphan) => orphan.id === id));
  // Says what may have been meant.
  if (nowhere.length > 0) select(platform.stacks, nowhere);
  return wanted;
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

import type { Account } from "../environments/schema/account";
import type { Fleet } from "../environments/schema/fleet";
import { isStateful } from "../stacks/ledger";
import { KINDS, type Platform, type StackNode } from "../stacks/graph";
import { PlatformStack } from "../stacks/platform-stack";
import type { Credentials } from "./credentials";
import { CliError } from "./errors";
import { plural } from "./output";
import { readState, storedStates, type StoredResource } from "./state-bucket";

/** A stack that the code has no more, while its state still holds something. */
export interface Orphan {
  readonly id: string;
  readonly account: Account;
  readonly resources: readonly StoredResource[];
}

/** The account's states that no stack of the code is for and that hold something, whose users come first. */
export async function orphansOf(
  platform: Platform,
  account: Account,
  credentials: Credentials,
): Promise<Orphan[]> {
  const known = new Set(platform.stacks.map(({ id }) => id));
  const orphans: Orphan[] = [];
  for (const id of await storedStates(platform.fleet, account, credentials)) {
    if (known.has(id)) continue;
    const { resources } = await readState(platform.fleet, account, credentials, id);
    if (resources.length > 0) orphans.push({ id, account, resources });
  }
  const rank = ranks(platform.fleet);
  const rankOf = ({ id }: Orphan) =>
    rank.findLastIndex((concern) => concernOf(account, id).split("-")[0] === concern);
  return orphans.sort((a, b) => rankOf(b) - rankOf(a) || (a.id < b.id ? -1 : 1));
}

/** Concerns in the order in which they are applied. */
const ranks = (fleet: Fleet) =>
  KINDS.flatMap((kind) => [
    ...new Set(fleet.accounts.flatMap((account) => kind(fleet, account).map(({ concern }) => concern))),
  ]);

const concernOf = (account: Account, id: string) => id.slice(account.name.length + 1);

/** The account that a stack's id begins with; the longest name where several do. */
export const accountOfId = (fleet: Fleet, id: string): Account | undefined =>
  [...fleet.accounts]
    .sort((a, b) => b.name.length - a.name.length)
    .find(({ name }) => id.startsWith(`${name}-`));

/**
 * Makes stacks of orphans: backend and provider, and nothing else, which is all that Terraform needs to destroy
 * what a state lists. Each goes before the next, and all go before the stacks of the code.
 */
export function orphanStacks(platform: Platform, orphans: readonly Orphan[]): StackNode[] {
  return orphans.map(({ id, account }, index) => {
    const concern = concernOf(account, id);
    const stack = new PlatformStack(platform.app, { fleet: platform.fleet, account, concern });
    const later = orphans.slice(index + 1).map((other) => other.id);
    const dependsOn = [...later, ...platform.stacks.map((other) => other.id)];
    return { id: stack.node.id, account, concern, dependsOn, waitsFor: [], lacks: [] };
  });
}

/**
 * Orphans have no code that could lift a protection.
 * @throws CliError on what AWS would refuse to delete, and on data unless `liftProtection` says that it is meant.
 */
export function refuseGuardedOrphans(orphans: readonly Orphan[], liftProtection: boolean): void {
  const guarded = orphans.flatMap(({ id, resources }) =>
    resources.filter(isGuarded).map(({ address }) => `  ${id}: ${address}`),
  );
  if (guarded.length > 0)
    throw new CliError(
      `These are protected by AWS, and no code is there any more to lift that; nothing was changed:\n${guarded.join("\n")}`,
      "Bring their code back, then: slipway down STACK --lift-protection",
    );
  const holding = orphans.flatMap(({ id, resources }) =>
    resources.filter(({ type }) => isStateful(type)).map(({ address }) => `  ${id}: ${address}`),
  );
  if (holding.length > 0 && !liftProtection)
    throw new CliError(
      `These are not in the code any more, and hold data; nothing was changed:\n${holding.join("\n")}`,
      "Meant? Say --lift-protection.",
    );
}

const GUARDS = ["deletion_protection", "deletion_protection_enabled", "enable_deletion_protection"];

const isGuarded = ({ instances }: StoredResource) =>
  instances.some((attributes) =>
    GUARDS.some((guard) => attributes[guard] === true || attributes[guard] === "ACTIVE"),
  );

/** A line about an orphan. */
export const describeOrphan = ({ id, resources }: Orphan) =>
  `${id} is not in the code any more, and still holds ${plural(resources.length, "resource")}: slipway down ${id}`;

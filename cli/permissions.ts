import { z } from "zod";
import type { Account } from "../environments/schema/account";
import type { Fleet } from "../environments/schema/fleet";
import * as names from "../environments/schema/names";
import { grantOf } from "../modules/identity/grants";
import { isFoundation, type Platform, type StackNode } from "../stacks/graph";
import { PermissionsStack, type Granted, type GrantedStatement } from "../stacks/permissions-stack";
import type { Credentials } from "./credentials";
import { CliError } from "./errors";
import { resourcesOf } from "./resources";
import { readState, storedStates } from "./state-bucket";

/** A resource in a state of the account, for whose sake a grant stays. */
export interface Holding {
  readonly stack: string;
  readonly address: string;
}

/** What the account's states hold, by the concern that it takes to change or destroy it. */
export type Holdings = ReadonlyMap<string, readonly Holding[]>;

/**
 * Reads every state of the account but those of its foundation.
 * @throws CliError when one holds a resource that no grant is for: whoever applies could not destroy it any more.
 */
export async function holdings(fleet: Fleet, account: Account, credentials: Credentials): Promise<Holdings> {
  const byConcern = new Map<string, Holding[]>();
  const strangers: Holding[] = [];
  for (const stack of await storedStates(fleet, account, credentials)) {
    if (foundationIds(account).includes(stack)) continue;
    const { resources } = await readState(fleet, account, credentials, stack);
    for (const { type, address } of resources) {
      if (!type.startsWith("aws_")) continue;
      const concern = grantOf(type)?.concern;
      if (concern === undefined) strangers.push({ stack, address });
      else byConcern.set(concern, [...(byConcern.get(concern) ?? []), { stack, address }]);
    }
  }
  if (strangers.length > 0)
    throw new CliError(
      `${account.name} still holds what no grant of this Slipway is for; no permission was changed:\n${strangers
        .map(({ stack, address }) => `  ${stack}: ${address}`)
        .join("\n")}`,
      "Destroy it first with the version of Slipway that made it, and then bootstrap again.",
    );
  return byConcern;
}

const foundationIds = (account: Account) =>
  ["bootstrap", "permissions"].map((concern) => names.stackId(account, concern));

/** What the code grants in an account, by concern. */
export function grantedByCode(platform: Platform, account: Account): Granted {
  const node = platform.stacks.find(
    (stack) => stack.account.name === account.name && stack.concern === "permissions",
  );
  return node?.stack instanceof PermissionsStack ? node.stack.granted : {};
}

const statementSchema = z.object({
  actions: z.array(z.string()),
  resources: z.array(z.string()),
  condition: z
    .array(z.object({ test: z.string(), variable: z.string(), values: z.array(z.string()) }))
    .default([]),
});
const grantedSchema = z.record(z.string(), z.array(statementSchema));

/** What was granted in an account when it was last bootstrapped, by concern. */
async function grantedInAccount(fleet: Fleet, account: Account, credentials: Credentials): Promise<Granted> {
  const stack = names.stackId(account, "permissions");
  const { outputs } = await readState(fleet, account, credentials, stack);
  return grantedSchema.parse(outputs["granted"] ?? {});
}

/** What the stacks need, and what the account does not grant yet; a line a concern. */
export function missingGrants(
  needed: ReadonlySet<string>,
  code: Granted,
  account: Granted,
): readonly string[] {
  return [...needed].sort().flatMap((concern) => {
    const wanted = code[concern] ?? [];
    const held = account[concern];
    if (held === undefined) return [`${concern}: not granted`];
    const lacking = wanted.filter((statement) => !held.some((other) => covers(other, statement)));
    return lacking.length === 0
      ? []
      : [`${concern}: not granted as the code has it, ${describe(lacking[0])}`];
  });
}

function covers(held: GrantedStatement, wanted: GrantedStatement): boolean {
  return (
    wanted.actions.every((action) => held.actions.includes(action)) &&
    wanted.resources.every((resource) => held.resources.includes(resource)) &&
    JSON.stringify(held.condition) === JSON.stringify(wanted.condition)
  );
}

const describe = (statement: GrantedStatement | undefined) =>
  statement === undefined
    ? ""
    : `${statement.actions.slice(0, 3).join(", ")}${statement.actions.length > 3 ? " ..." : ""} on ${statement.resources.join(", ")}`;

/**
 * Proves that whoever applies may make what the stacks hold, before anything is touched: a run cannot widen its own
 * permissions, and one that found out midway would leave half of it behind.
 * @throws CliError with what is missing and the command that a person runs.
 */
export async function requirePermissions(
  platform: Platform,
  stacks: readonly StackNode[],
  credentialsFor: (account: Account) => Promise<Credentials>,
): Promise<void> {
  const accounts = [...new Map(stacks.map(({ account }) => [account.name, account])).values()];
  const complaints: string[] = [];
  const lacking: string[] = [];
  for (const account of accounts) {
    const held = await grantedInAccount(platform.fleet, account, await credentialsFor(account));
    const needed = new Set(
      stacks
        .filter((node) => node.account.name === account.name && !isFoundation(node))
        .flatMap(({ stack }) => (stack === undefined ? [] : resourcesOf(stack)))
        .flatMap(({ type }) => grantOf(type)?.concern ?? []),
    );
    const missing = missingGrants(needed, grantedByCode(platform, account), held);
    if (missing.length === 0) continue;
    lacking.push(account.name);
    complaints.push(...missing.map((line) => `  ${account.name}: ${line}`));
  }
  if (complaints.length === 0) return;
  throw new CliError(
    `${names.APPLY_ROLE} may not make yet what the code asks for; nothing was changed:\n${complaints.join("\n")}`,
    `It cannot widen its own permissions. An administrator runs first: ${lacking.map((name) => `slipway bootstrap ${name}`).join(", ")}`,
  );
}

import { App } from "cdktf";
import type { Account } from "../../environments/schema/account";
import type { Fleet } from "../../environments/schema/fleet";
import { order, type StackNode } from "../../stacks/graph";
import { PlatformStack } from "../../stacks/platform-stack";
import { loadCompany, temporaryFolder } from "./company";

let acme: Fleet | undefined;

/** ACME's fleet, read once. */
export const acmeFleet = (): Fleet => (acme ??= loadCompany());

export function accountOf(fleet: Fleet, name: string): Account {
  const found = fleet.accounts.find((account) => account.name === name);
  if (found === undefined) throw new Error(`No account ${name}`);
  return found;
}

/** An account's toy stacks in an app of their own, a body by concern. */
export function toyStacks(
  bodies: Readonly<Record<string, (stack: PlatformStack) => void>>,
  accountName = "live",
): { readonly app: App; readonly stacks: readonly StackNode[] } {
  const fleet = acmeFleet();
  const account = accountOf(fleet, accountName);
  const app = new App({ outdir: temporaryFolder() });
  const entries = Object.entries(bodies).map(([concern, body]) => {
    const stack = new PlatformStack(app, { fleet, account, concern });
    body(stack);
    return { id: stack.node.id, plan: { account, concern, build: () => stack }, stack };
  });
  return { app, stacks: order(entries) };
}

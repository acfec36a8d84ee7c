import type { Account } from "../environments/schema/account";
import * as names from "../environments/schema/names";
import { buildPlatform, isFoundation, type Platform, type StackNode } from "../stacks/graph";
import { bootstrapAccount } from "./bootstrap-account";
import { colour, plural, print } from "./output";
import { grantedByCode, holdings, type Holding } from "./permissions";
import { describeChanges } from "./plan-summary";
import { writeStacks } from "./platform";
import type { Runs } from "./preparation";
import { runInOrder } from "./run-order";

/** The stacks of an account that `slipway bootstrap` applies, in order. */
export const foundationOf = (platform: Platform, account: Account): StackNode[] =>
  platform.stacks.filter((stack) => stack.account.name === account.name && isFoundation(stack));

/** Applies an account's foundation, whose JSON is written already; returns whether all went well. */
export async function bootstrapFoundation(
  platform: Platform,
  runs: Runs,
  account: Account,
): Promise<boolean> {
  const kept = new Map<string, readonly Holding[]>();
  const ok = await runInOrder(
    foundationOf(platform, account),
    ({ dependsOn }) => dependsOn,
    async (stack, progress) => {
      const onProgress = (text: string) => progress.update(`${stack.id}: ${text}`);
      const text =
        stack.concern === "bootstrap"
          ? await bootstrapAccount(platform.fleet, runs, stack, onProgress)
          : await grantPermissions(platform, runs, stack, kept, onProgress);
      return { kind: "done", text };
    },
  );
  for (const [concern, holding] of kept) tellKept(account, concern, holding);
  return ok;
}

/**
 * Grants what the code asks for, and revokes what it does not ask for any more and no state needs either. What a
 * state still holds can only be destroyed with the permission for it.
 */
async function grantPermissions(
  platform: Platform,
  runs: Runs,
  stack: StackNode,
  kept: Map<string, readonly Holding[]>,
  onProgress: (text: string) => void,
): Promise<string> {
  const { runner } = runs;
  const { account } = stack;
  const role = names.ORGANIZATION_ROLE;
  const { fleet, app } = platform;
  const held = await holdings(fleet, account, await runs.credentials.for(account, role));
  const granted = grantedByCode(platform, account);
  for (const [concern, holding] of held) if (!(concern in granted)) kept.set(concern, holding);
  if (kept.size > 0) {
    const keeping = buildPlatform(fleet, {
      outdir: app.outdir,
      keptGrants: new Map([[account.name, new Set(kept.keys())]]),
    });
    writeStacks(keeping, [stack]);
  }
  const { workspace } = runs.prepare(stack);
  await runner.init(workspace, account, role);
  const summary = await runner.plan(workspace, account, role);
  if (summary.changes.length > 0 || summary.outputsChange)
    await runner.applyWithRetries(workspace, account, role, summary, onProgress);
  return describeChanges(summary, "past");
}

function tellKept(account: Account, concern: string, holding: readonly Holding[]): void {
  const [first] = holding;
  if (first === undefined) return;
  const stacks = [...new Set(holding.map(({ stack }) => stack))];
  const rest = holding.length > 1 ? ` and ${plural(holding.length - 1, "resource")} more` : "";
  print(
    `${colour.yellow("!")} ${concern} is not revoked: ${first.stack} still holds ${first.address}${rest}.\n` +
      `  Destroy what nobody needs (slipway up or slipway down ${stacks.join(" ")}), then again: slipway bootstrap ${account.name}`,
  );
}

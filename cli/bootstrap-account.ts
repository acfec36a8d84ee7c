import { existsSync, mkdirSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Account } from "../environments/schema/account";
import * as names from "../environments/schema/names";
import type { Fleet } from "../environments/schema/fleet";
import type { StackNode } from "../stacks/graph";
import type { Credentials } from "./credentials";
import { CliError } from "./errors";
import { describeChanges } from "./plan-summary";
import { SCRATCH } from "./platform";
import type { Runs } from "./preparation";
import { stateBucketExists, stateExists } from "./state-bucket";
import { useBucketState, useLocalState } from "./workspace";

/** The state of a bootstrap that has no bucket yet. */
export const localState = (dir: string, stack: string) => join(resolve(dir), `${stack}.bootstrap.tfstate`);

/**
 * A second region's roles are under the boundary of its account, and trust the account's identity provider.
 * @throws CliError as long as the account itself is not bootstrapped.
 */
async function requireWholeAccount(fleet: Fleet, account: Account, credentials: Credentials): Promise<void> {
  const whole = fleet.accounts.find(({ name }) => name === account.regionOf);
  if (whole === undefined || (await stateBucketExists(fleet, whole, credentials))) return;
  throw new CliError(
    `${account.name} is a second region of ${whole.name}, which is not bootstrapped yet: its boundary and identity provider are ${whole.name}'s. Nothing was changed.`,
    `First: slipway bootstrap ${whole.name}`,
  );
}

/** Removes a local state whose content is in the bucket, or gone for good. */
export function forgetLocalState(file: string): void {
  for (const name of [file, `${file}.backup`]) rmSync(name, { force: true });
}

/**
 * Makes, or brings up to date, an account's bootstrap stack: on local state as long as there is no bucket, which
 * is then moved into the bucket that it made. Running it again at any point goes on from there.
 */
export async function bootstrapAccount(
  fleet: Fleet,
  runs: Runs,
  stack: StackNode,
  onProgress: (text: string) => void,
): Promise<string> {
  const { runner } = runs;
  const { account } = stack;
  const role = names.ORGANIZATION_ROLE;
  const { workspace } = runs.prepare(stack);
  const credentials = await runs.credentials.for(account, role);
  await requireWholeAccount(fleet, account, credentials);
  const bucket = names.stateBucket(fleet.organization, account);
  const file = localState(dirname(workspace.dir), stack.id);

  if (await stateBucketExists(fleet, account, credentials)) {
    if (await stateExists(fleet, account, credentials, stack.id)) {
      useBucketState(workspace);
      await runner.init(workspace, account, role);
      return applyHere();
    }
    if (!existsSync(file)) {
      throw new CliError(
        `The state bucket ${bucket} is there, but neither it nor this machine holds the state of ${stack.id}.`,
        `Somebody bootstrapped ${account.name} from another machine and was interrupted: finish it there, or bring its ${SCRATCH} folder here.`,
      );
    }
  }
  mkdirSync(dirname(file), { recursive: true });
  useLocalState(workspace, file);
  await runner.init(workspace, account, role);
  const done = await applyHere();
  onProgress("moving the state into its bucket");
  useBucketState(workspace);
  await runner.init(workspace, account, role, ["-migrate-state", "-force-copy"]);
  forgetLocalState(file);
  return `${done}; state in ${bucket}`;

  async function applyHere(): Promise<string> {
    const summary = await runner.plan(workspace, account, role);
    if (summary.changes.length > 0 || summary.outputsChange) {
      await runner.applyWithRetries(workspace, account, role, summary, onProgress);
    }
    return describeChanges(summary, "past");
  }
}

import { availableParallelism } from "node:os";
import type { Command } from "commander";
import { InvalidArgumentError } from "commander";
import * as names from "../environments/schema/names";
import type { Platform, StackNode } from "../stacks/graph";
import { CredentialSource } from "./credentials";
import { assetsOf, readStack, SCRATCH } from "./platform";
import { requireState } from "./state-bucket";
import { StackRunner } from "./stack-runner";
import { requireTerraform } from "./terraform";
import { omit, type Omission } from "./sandbox/omissions";
import { attachSandbox, isMoto } from "./sandbox/emulator";
import { layOut, emulatorEndpoint, type Workspace } from "./workspace";

/** Options that every command that runs Terraform takes. */
export interface RunOptions {
  readonly timeout: number;
  readonly retries: number;
  /** How many stacks may have their turn at a time. */
  readonly parallelism?: number;
  readonly sandbox?: boolean;
  /** False gives an emulator also what moto is known not to play. */
  readonly omissions?: boolean;
}

/** A Terraform and its provider take a processor and half a gigabyte. */
export const PARALLELISM = Math.min(availableParallelism(), 8);

export function addRunOptions(command: Command): Command {
  return command
    .option("--timeout <minutes>", "stop one Terraform run of a stack after so long", positive, 60)
    .option("--retries <n>", "how often a passing fault is tried again", natural, 2)
    .option("--parallelism <n>", "how many stacks have their turn at a time", positive, PARALLELISM)
    .option("--sandbox", "run against the emulator that npm start left running, not against AWS")
    .option("--no-omissions", "give the emulator also what moto is known not to play");
}

export const positive = (text: string) => number(text, 1);
const natural = (text: string) => number(text, 0);

function number(text: string, least: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least)
    throw new InvalidArgumentError(`A whole number of at least ${least} is allowed.`);
  return value;
}

/** What a command needs to run Terraform over stacks. */
export interface Runs {
  readonly runner: StackRunner;
  readonly credentials: CredentialSource;
  readonly parallelism: number;
  /** Whether an emulator is spared what it cannot play. */
  readonly omitting: boolean;
  /** Lays a stack's folder out; what an emulator cannot play is left out and told. */
  prepare(stack: StackNode): { workspace: Workspace; omissions: readonly Omission[] };
}

/** The role that an ordinary run takes on. */
export const APPLY = names.APPLY_ROLE;
export const PLAN = names.PLAN_ROLE;

/** Proves what a run needs before anything is touched: Terraform, credentials, a state bucket in each account. */
export async function prepareRuns(
  platform: Platform,
  stacks: readonly StackNode[],
  options: RunOptions,
  role: string,
): Promise<Runs> {
  const runs = await startRuns(platform, options);
  const accounts = [...new Map(stacks.map(({ account }) => [account.name, account])).values()];
  for (const account of accounts)
    await requireState(platform.fleet, account, await runs.credentials.for(account, role));
  return runs;
}

/** The same without a state bucket, for bootstrap. */
export async function startRuns(platform: Platform, options: RunOptions): Promise<Runs> {
  if (options.sandbox === true) await attachSandbox();
  await requireTerraform(SCRATCH);
  const endpoint = emulatorEndpoint();
  const omitting = endpoint !== undefined && options.omissions !== false && (await isMoto(endpoint));
  const credentials = new CredentialSource(platform.fleet.organization.region);
  const runner = new StackRunner({ credentials, timeoutMinutes: options.timeout, retries: options.retries });
  return {
    runner,
    credentials,
    parallelism: options.parallelism ?? PARALLELISM,
    omitting,
    prepare: ({ id }) => {
      const json = readStack(platform.app.outdir, id);
      const { json: playable, omissions } = omitting ? omit(json) : { json, omissions: [] };
      return {
        workspace: layOut(platform.fleet, id, playable, assetsOf(platform.app.outdir, id)),
        omissions,
      };
    },
  };
}

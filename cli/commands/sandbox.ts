import type { Command } from "commander";
import { nearest } from "../../environments/schema/parse";
import { isFoundation, type Platform, type StackNode } from "../../stacks/graph";
import { bootstrapFoundation } from "../bootstrap-permissions";
import { CliError } from "../errors";
import { colour, plural, print } from "../output";
import { SCRATCH, writeStacks } from "../platform";
import { PARALLELISM, positive, startRuns } from "../preparation";
import { startProgress } from "../progress";
import {
  attachEmulator,
  DEFAULT_PORT,
  startEmulator,
  stopEmulator,
  type Emulator,
} from "../sandbox/emulator";
import { printTour, type Applied } from "../sandbox/tour";
import { requireTerraform, TerraformMissingError } from "../terraform";
import { upStacks } from "../up-stacks";
import { reportValid, validatePlatform } from "./validate";

interface SandboxOptions {
  readonly account: string;
  readonly port: number;
  readonly endpoint?: string;
  readonly timeout: number;
  readonly parallelism: number;
  readonly stop?: boolean;
  readonly omissions: boolean;
}

export function registerSandbox(program: Command): void {
  program
    .command("sandbox")
    .description(
      "play the whole way of one account against an AWS emulator: no AWS account, nothing to edit (npm start)",
    )
    .option("--account <name>", "account to play", "development")
    .option("--port <port>", "port of the emulator on loopback", positive, DEFAULT_PORT)
    .option("--endpoint <url>", "use an emulator that runs already")
    .option("--timeout <minutes>", "stop one Terraform run of a stack after so long", positive, 15)
    .option("--parallelism <n>", "how many stacks have their turn at a time", positive, PARALLELISM)
    .option("--no-omissions", "give the emulator also what moto is known not to play")
    .option("--stop", "stop the emulator, and forget all that it played")
    .action(async (options: SandboxOptions) => {
      if (options.stop === true)
        return print(stopEmulator() ? "The emulator is stopped." : "No emulator was running.");
      await play(options);
    });
}

async function play(options: SandboxOptions): Promise<void> {
  print(colour.bold("1. Validate the organization"));
  const platform = validatePlatform();
  const stacks = stacksOf(platform, options.account);
  reportValid(platform);

  print(colour.bold("\n2. Synthesize Terraform JSON"));
  writeStacks(platform, stacks);
  print(
    `${colour.green("✔")} ${plural(stacks.length, "stack")} of ${options.account} in ${platform.app.outdir}/stacks/`,
  );

  try {
    print(`${colour.green("✔")} Terraform ${await requireTerraform(SCRATCH)}`);
  } catch (error) {
    if (!(error instanceof TerraformMissingError)) throw error;
    print(
      `\n${colour.yellow("-")} ${error.message}\nWithout it nothing is applied. What the stacks hold can be read already: npx slipway list ${options.account}`,
    );
    return;
  }

  print(colour.bold("\n3. Start the AWS emulator"));
  const emulator = await findEmulator(options);

  print(colour.bold(`\n4. Bootstrap ${options.account}: state bucket, boundary, roles, permissions`));
  const runs = await startRuns(platform, {
    timeout: options.timeout,
    retries: 2,
    parallelism: options.parallelism,
    omissions: options.omissions,
  });
  const account = platform.fleet.accounts.find(({ name }) => name === options.account);
  if (account === undefined || !(await bootstrapFoundation(platform, runs, account))) return fail();
  const others = stacks.filter((stack) => !isFoundation(stack));

  print(
    colour.bold(`\n5. Plan and apply the ${plural(others.length, "stack")} of ${options.account}, in order`),
  );
  const applied: Applied[] = [];
  const ok = await upStacks(runs, others, {
    allowStatefulDestroy: true,
    onApplied: (stack, summary, omissions, outputs) => applied.push({ stack, summary, omissions, outputs }),
  });
  applied.sort((a, b) => others.indexOf(a.stack) - others.indexOf(b.stack));
  printTour({ platform, account: options.account, emulator, applied, adapted: runs.omitting });
  if (!ok) fail();
}

function fail(): void {
  process.exitCode = 1;
}

function stacksOf(platform: Platform, account: string): StackNode[] {
  const stacks = platform.stacks.filter(
    (stack) => stack.account.name === account && stack.stack !== undefined,
  );
  if (stacks.length > 0) return stacks;
  const accounts = platform.fleet.accounts.map(({ name }) => name);
  const meant = nearest(account, accounts);
  throw new CliError(
    `There is no account "${account}".`,
    meant === undefined
      ? `Accounts: ${accounts.join(", ")}. Choose one: npm start -- --account NAME`
      : `Did you mean ${meant}?`,
  );
}

async function findEmulator({ endpoint, port }: SandboxOptions): Promise<Emulator> {
  const progress = await startProgress("emulator");
  try {
    const emulator =
      endpoint === undefined
        ? await startEmulator(port, (text) => progress.update(`emulator: ${text}`))
        : await attachEmulator(endpoint);
    progress.succeed(
      emulator.fresh
        ? `moto listens at ${emulator.endpoint}`
        : `the emulator at ${emulator.endpoint} is used`,
    );
    return emulator;
  } catch (error) {
    progress.fail("emulator");
    throw error;
  }
}

import type { Command } from "commander";
import type { Account } from "../../environments/schema/account";
import { loadFleet } from "../../environments/schema/load";
import { clientOptions, CredentialSource } from "../credentials";
import { CliError } from "../errors";
import { plural, print, printTable } from "../output";
import { APPLY } from "../preparation";
import { attachSandbox } from "../sandbox/emulator";
import { accountNamed } from "../account-named";
import { asleep, clients, settle, sleepersOf, type Outcome } from "../wakefulness";

interface Options {
  readonly sandbox?: boolean;
}

/** `slipway wake` and `slipway sleep`: working hours by hand. Terraform leaves to them what the schedule writes. */
export function registerWake(program: Command): void {
  const add = (
    name: string,
    description: string,
    run: (account: string, services: string[], options: Options) => Promise<void>,
  ) =>
    program
      .command(name)
      .description(description)
      .argument("<account>", "an account with working hours")
      .argument("[services...]", "services of it (default: all that follow its working hours)")
      .option("--sandbox", "ask the emulator that npm start left running, not AWS")
      .action(run);
  add(
    "wake",
    "bring services up outside their working hours, until those end",
    (account, services, options) => change(account, services, options, true),
  );
  add("sleep", "bring services down before their working hours end", (account, services, options) =>
    change(account, services, options, false),
  );
}

async function change(
  name: string,
  services: readonly string[],
  { sandbox }: Options,
  awake: boolean,
): Promise<void> {
  const fleet = loadFleet();
  const account = accountNamed(fleet, name);
  const sleepers = sleepersOf(fleet, account, services);
  if (sleepers.length === 0) return print(`Nothing of ${account.name} follows its working hours.`);
  if (sandbox === true) await attachSandbox();
  const credentials = await new CredentialSource(fleet.organization.region).for(account, APPLY);
  const outcomes = await settle(
    clients(clientOptions(credentials, account.region)),
    awake ? sleepers : sleepers.map(asleep),
  );
  printTable(
    ["NAME", "TASKS BEFORE", "NOW", ""],
    outcomes.map(({ name: each, before, now, result }) => [each, before, now, result]),
  );
  print(`\n${summary(account, outcomes, awake)}`);
  const failed = outcomes.filter(({ result }) => result === "failed");
  if (failed.length === 0) return;
  throw new CliError(
    `${plural(failed.length, "change")} failed:\n${failed.map(({ name: each, error }) => `  ${each}: ${error}`).join("\n")}`,
    `The others are done. Once that is mended: slipway ${[awake ? "wake" : "sleep", account.name, ...again(failed)].join(" ")}`,
  );
}

/** What names the failed ones alone; instances have no name there. */
const again = (failed: readonly Outcome[]) =>
  failed.every(({ kind }) => kind === "service") ? failed.map(({ name }) => name) : [];

function summary({ name, capabilities }: Account, outcomes: readonly Outcome[], awake: boolean): string {
  const count = (result: Outcome["result"]) => outcomes.filter((outcome) => outcome.result === result).length;
  const { workingHours } = capabilities;
  const missing = count("not there yet");
  return [
    `${name}: ${count("changed")} changed, ${count("as it was")} as they were.`,
    ...(missing === 0 ? [] : [`${missing} not there yet: without a release, or not applied.`]),
    ...(workingHours === null
      ? []
      : [
          awake
            ? `They sleep again at ${workingHours.stop}, ${workingHours.timezone}, ${workingHours.days.join(" ")}.`
            : workingHours.start === "onRequest"
              ? `They sleep until somebody runs slipway wake ${name}.`
              : `They wake at ${workingHours.start}, ${workingHours.timezone}, ${workingHours.days.join(" ")}.`,
        ]),
  ].join(" ");
}

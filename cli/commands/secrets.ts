import type { Command } from "commander";
import type { Account } from "../../environments/schema/account";
import type { Fleet } from "../../environments/schema/fleet";
import { loadFleet } from "../../environments/schema/load";
import * as names from "../../environments/schema/names";
import { secretReference } from "../../environments/schema/secret-reference";
import { CredentialSource } from "../credentials";
import { colour, plural, print, printJson, printTable } from "../output";
import { PLAN } from "../preparation";
import { attachSandbox } from "../sandbox/emulator";
import { compare, type Compared, type Side } from "../secrets/compare";
import { readValue } from "../secrets/input";
import { placeNamed, placesIn, type SecretPlace } from "../secrets/places";
import { SecretValues, withKey, type SecretState } from "../secrets/values";
import { accountNamed } from "../account-named";
import { CliError } from "../errors";

interface Options {
  readonly account: string;
  readonly json?: boolean;
  readonly sandbox?: boolean;
}

/** Values of secrets: set, listed and compared from outside, never through Terraform. */
export function registerSecrets(program: Command): void {
  const secrets = program
    .command("secrets")
    .description("set, list and compare the values of secrets; they never pass through Terraform");
  const sandboxed = (command: Command) =>
    command.option("--sandbox", "ask the emulator that npm start left running, not AWS");
  sandboxed(
    secrets
      .command("set")
      .description("set a secret's value, from a pipe or typed without echo; NAME:KEY sets a key of its JSON")
      .argument("<name>", "a secret that the account declares, or one and a key of its JSON")
      .requiredOption("--account <name>", "account of the secret"),
  ).action(set);
  sandboxed(
    secrets
      .command("list")
      .description("show which secrets have a value, since when, and who reads them; never a value")
      .requiredOption("--account <name>", "account whose secrets")
      .option("--json", "print an array, an object a secret"),
  ).action(list);
  sandboxed(
    secrets
      .command("diff")
      .description("compare two accounts: which secrets lack a value, which are the same; never a value")
      .requiredOption("--from <account>", "one account")
      .requiredOption("--to <account>", "the other")
      .option("--json", "print an array, an object a secret"),
  ).action(diff);
}

/** The role whose people may read and write values. */
const keeper = ({ organization }: Fleet) => names.peopleRole(organization, "administrator");

async function set(reference: string, options: Options): Promise<void> {
  const fleet = loadFleet();
  const account = accountNamed(fleet, options.account);
  const { secret, key } = secretReference(reference);
  const place = placeNamed(fleet, account, secret);
  if (key !== undefined && place.store === "parameterStore")
    throw new CliError(
      `${secret} is a parameter; only secrets of Secrets Manager have keys. Nothing was changed.`,
      `Set the whole value: slipway secrets set ${secret} --account ${account.name}`,
    );
  if (options.sandbox === true) await attachSandbox();
  const values = await valuesOf(fleet, account, keeper(fleet));
  const { hasValue, exists } = await values.state(place);
  if (!exists)
    throw new CliError(
      `${account.name} has no place for ${secret} yet. Nothing was changed.`,
      `Apply it first: slipway up ${names.stackId(account, "secrets")}`,
    );
  const value = await readValue(`Value of ${reference} in ${account.name}`);
  const text = key === undefined ? value : withKey(await values.read(place), key, value);
  await values.write(place, text);
  print(`${colour.green("✔")} ${reference} of ${account.name} is set.`);
  tellUsers(account, place, hasValue);
}

/** Running tasks keep the value that they started with; those that wait for their first one start with an apply. */
function tellUsers(account: Account, { users }: SecretPlace, hadValue: boolean): void {
  if (users.length === 0) return print("No service reads it yet.");
  print(
    hadValue
      ? `${plural(users.length, "service")} still ${users.length === 1 ? "runs" : "run"} with the value before:`
      : `${plural(users.length, "service")} waited for it:`,
  );
  for (const user of users)
    print(
      hadValue
        ? `  slipway restart ${user} --account ${account.name}`
        : `  slipway up ${names.stackId(account, "service", user)}`,
    );
}

async function list(options: Options): Promise<void> {
  const fleet = loadFleet();
  const account = accountNamed(fleet, options.account);
  if (options.sandbox === true) await attachSandbox();
  const values = await valuesOf(fleet, account, PLAN);
  const listed: (SecretPlace & SecretState)[] = [];
  for (const place of placesIn(fleet, account)) listed.push({ ...place, ...(await values.state(place)) });
  if (options.json === true) return printJson(listed);
  if (listed.length === 0) return print(`${account.name} declares no secrets.`);
  printTable(
    ["SECRET", "STORE", "VALUE", "CHANGED", "READ BY"],
    listed.map((each) => [
      each.name,
      each.store,
      describe(each),
      day(each),
      each.users.join(", ") || "nobody",
    ]),
  );
  const missing = listed.filter(({ hasValue }) => !hasValue);
  if (missing.length > 0)
    print(
      `\n${plural(missing.length, "secret")} without a value; its services stay at zero tasks: slipway secrets set ${missing[0]?.name ?? ""} --account ${account.name}`,
    );
}

async function diff({
  from,
  to,
  json,
  sandbox,
}: Omit<Options, "account"> & { readonly from: string; readonly to: string }): Promise<void> {
  const fleet = loadFleet();
  const [one, other] = [accountNamed(fleet, from), accountNamed(fleet, to)];
  if (sandbox === true) await attachSandbox();
  const compared = await compare(await sideOf(fleet, one), await sideOf(fleet, other));
  if (json === true) return printJson(compared);
  printTable(
    ["SECRET", one.name, other.name, "VALUES"],
    compared.map((each) => [each.name, column(each.from), column(each.to), verdict(each)]),
  );
  const lacking = compared.filter((each) => each.from?.hasValue === true && each.to?.hasValue !== true);
  print(`\n${plural(lacking.length, "secret")} with a value in ${one.name} and none in ${other.name}.`);
  if (
    compared.some(
      (each) => each.from?.hasValue === true && each.to?.hasValue === true && each.same === undefined,
    )
  )
    print(`Values are compared by whoever may read them in both accounts (${keeper(fleet)}).`);
}

async function sideOf(fleet: Fleet, account: Account): Promise<Side> {
  const places = placesIn(fleet, account);
  const shown = await valuesOf(fleet, account, PLAN);
  const read = await valuesOf(fleet, account, keeper(fleet)).catch(() => undefined);
  return { places, shown, ...(read === undefined ? {} : { read }) };
}

async function valuesOf(fleet: Fleet, account: Account, role: string): Promise<SecretValues> {
  const source = new CredentialSource(fleet.organization.region);
  return new SecretValues(account, await source.for(account, role));
}

const describe = ({ exists, hasValue }: SecretState) =>
  hasValue ? "set" : exists ? colour.yellow("missing") : colour.yellow("not applied");

const day = ({ changed }: SecretState) => changed?.toISOString().slice(0, 10) ?? "";

const column = (state: SecretState | undefined) =>
  state === undefined ? "not declared" : `${describe(state)} ${day(state)}`.trim();

const verdict = ({ same }: Compared) => (same === undefined ? "" : same ? "the same" : "differ");

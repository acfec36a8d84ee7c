import { DescribeOrganizationCommand, OrganizationsClient } from "@aws-sdk/client-organizations";
import { GetParameterCommand, ParameterNotFound, SSMClient } from "@aws-sdk/client-ssm";
import type { Command } from "commander";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Account } from "../../environments/schema/account";
import { facts as factsSchema, type Facts } from "../../environments/schema/facts";
import type { Fleet } from "../../environments/schema/fleet";
import { loadFleet } from "../../environments/schema/load";
import * as names from "../../environments/schema/names";
import { replicasInto } from "../../environments/schema/replicas";
import { bucketContract, keysContract, zonesContract } from "../../stacks/contracts";
import { clientOptions, CredentialSource, type Credentials } from "../credentials";
import { CliError } from "../errors";
import { print } from "../output";
import { PLAN } from "../preparation";
import { attachSandbox } from "../sandbox/emulator";

export function registerFacts(program: Command): void {
  program
    .command("facts")
    .description(
      "show what only AWS can generate and other accounts need; --write records it from an account",
    )
    .argument("[account]", "name of the account (default: all, for showing)")
    .option("--write", "ask AWS and record it")
    .option("--sandbox", "ask the emulator that npm start left running, not AWS")
    .action(async (name: string | undefined, { write, sandbox }: { write?: boolean; sandbox?: boolean }) => {
      const fleet = loadFleet();
      const account = fleet.accounts.find((candidate) => candidate.name === name);
      if (name !== undefined && account === undefined) {
        throw new CliError(
          `There is no account "${name}".`,
          `Accounts: ${fleet.accounts.map((candidate) => candidate.name).join(", ")}.`,
        );
      }
      if (write !== true) {
        print(JSON.stringify(name === undefined ? fleet.facts : (fleet.facts[name] ?? {}), null, 2));
        return;
      }
      if (account === undefined) throw new CliError("Whose facts?", "slipway facts --write ACCOUNT");
      if (sandbox === true) await attachSandbox();
      const credentials = await new CredentialSource(fleet.organization.region).for(account, PLAN);
      const found = await askAws(fleet, account, credentials);
      const file = join(fleet.directory, "facts", `${account.name}.json`);
      const before = existsSync(file) ? readFileSync(file, "utf8") : "";
      const merged = factsSchema.parse({ ...(fleet.facts[account.name] ?? {}), ...found });
      const text = `${JSON.stringify(sorted(merged), null, 2)}\n`;
      if (text === before) return print(`${file} is up to date.`);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
      print(`Written: ${file}. Commit it; what waited for it can be applied now.`);
    });
}

async function askAws(fleet: Fleet, account: Account, credentials: Credentials): Promise<Facts> {
  const options = clientOptions(credentials, account.region);
  if (account.kind === "management") {
    // The Organizations API answers in us-east-1 only.
    const { Organization: organization } = await new OrganizationsClient({
      ...options,
      region: "us-east-1",
    }).send(new DescribeOrganizationCommand({}));
    return factsSchema.parse({ organizationId: organization?.Id });
  }
  const copies = [...new Set(replicasInto(fleet, account).map(({ into }) => into))].sort();
  if (account.network === undefined && copies.length === 0)
    throw new CliError(`${account.name} has no network, and so no facts that others need.`);
  const ssm = new SSMClient(options);
  const zones = account.network === undefined ? undefined : await published(ssm, account, zonesContract);
  const replicas = await placesOf(ssm, account, copies);
  if (zones === undefined && Object.keys(replicas).length === 0) {
    const first = account.network === undefined ? ["data", copies[0]] : ["network"];
    throw new CliError(
      `${account.name} has published nothing yet that others need.`,
      `Apply this first: slipway up ${[account.name, ...first].join("-")}`,
    );
  }
  return {
    ...(zones === undefined
      ? {}
      : {
          publicZone: {
            name: zones.publicZoneName,
            zoneId: zones.publicZoneId,
            nameServers: [...zones.publicNameServers].sort(),
          },
        }),
    ...(Object.keys(replicas).length === 0 ? {} : { replicas }),
  };
}

/** The buckets that get copies, as far as they are there, each with the key of its account. */
async function placesOf(ssm: SSMClient, account: Account, buckets: readonly string[]) {
  const places: Record<string, { kmsKeyArn: string }> = {};
  const keys = buckets.length === 0 ? undefined : await published(ssm, account, keysContract);
  if (keys === undefined) return places;
  for (const bucket of buckets)
    if ((await published(ssm, account, bucketContract(bucket))) !== undefined)
      places[bucket] = { kmsKeyArn: keys.dataKeyArn };
  return places;
}

/** What a stack of the account has published; nothing if it is not applied yet. */
async function published<T>(
  ssm: SSMClient,
  account: Account,
  { concern, name, schema }: { concern: string; name: string; schema: { parse(value: unknown): T } },
): Promise<T | undefined> {
  try {
    const { Parameter: parameter } = await ssm.send(
      new GetParameterCommand({ Name: names.contractParameter(account, concern, name) }),
    );
    return schema.parse(JSON.parse(parameter?.Value ?? "{}"));
  } catch (error) {
    if (error instanceof ParameterNotFound) return undefined;
    throw error;
  }
}

function sorted(facts: Facts): Facts {
  return Object.fromEntries(Object.entries(facts).sort(([a], [b]) => (a < b ? -1 : 1)));
}

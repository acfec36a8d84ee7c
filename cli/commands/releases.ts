import { S3ServiceException } from "@aws-sdk/client-s3";
import type { Command } from "commander";
import type { Account } from "../../environments/schema/account";
import { loadFleet } from "../../environments/schema/load";
import * as names from "../../environments/schema/names";
import { CredentialSource } from "../credentials";
import { RELEASE } from "../delivery/clients";
import { currentRelease } from "../delivery/current-release";
import { storeOf } from "../delivery/history-of";
import { lockHolder } from "../delivery/lock";
import { ReleaseHistory, type ReleaseRecord } from "../delivery/release-history";
import { accountsWith, targetOf } from "../delivery/target";
import { CliError } from "../errors";
import { colour, print, printJson, printTable } from "../output";
import { positive } from "../preparation";
import { attachSandbox } from "../sandbox/emulator";
import { requireState } from "../state-bucket";
import { accountNamed } from "../account-named";

interface ReleasesOptions {
  readonly account?: string;
  readonly last: number;
  readonly json?: boolean;
  readonly sandbox?: boolean;
}

/** How a release ended that may be in service. */
const IN_SERVICE: readonly ReleaseRecord["outcome"][] = ["succeeded", "idle", "interrupted"];

/** A release as it is listed: the newest of its digest may be in service. */
type Listed = ReleaseRecord & { readonly runs: boolean };

export function registerReleases(program: Command): void {
  program
    .command("releases")
    .description("list a service's releases: when, who, which image, how it ended, and which is in service")
    .argument("<service>", "a service")
    .option("--account <name>", "of one account (default: of all in which the service runs)")
    .option("--last <n>", "how many of each account", positive, 20)
    .option("--json", "print an array, an object a release")
    .option("--sandbox", "ask the emulator that npm start left running, not AWS")
    .action(async (name: string, options: ReleasesOptions) => {
      const fleet = loadFleet();
      const accounts =
        options.account === undefined
          ? accountsWith(fleet, name)
          : [targetOf(fleet, accountNamed(fleet, options.account), name).account];
      if (accounts.length === 0)
        throw new CliError(`There is no service "${name}".`, "slipway list service shows all.");
      if (options.sandbox === true) await attachSandbox();
      const source = new CredentialSource(fleet.organization.region);
      const listed: Listed[] = [];
      const told: string[] = [];
      for (const account of accounts) {
        try {
          const { service } = targetOf(fleet, account, name);
          await requireState(fleet, account, await source.for(account, RELEASE));
          const store = await storeOf(fleet, source, account);
          const current = await currentRelease(source, { account, service });
          listed.push(
            ...(await releasesOf(
              new ReleaseHistory(store, names.releaseRecords(service)),
              current,
              options.last,
            )),
          );
          const holder = await lockHolder(store, names.deployLock(service));
          if (holder !== undefined) told.push(`${account.name}: a delivery is under way: ${holder}`);
          if (current === undefined) told.push(`${account.name}: the service's stack was never applied`);
        } catch (error) {
          if (accounts.length === 1) throw error;
          told.push(unseen(account, error));
        }
      }
      if (options.json === true) return printJson(listed);
      printReleases(listed);
      for (const line of told) print(`${colour.yellow("-")} ${line}`);
    });
}

async function releasesOf(
  history: ReleaseHistory,
  current: string | undefined,
  last: number,
): Promise<Listed[]> {
  const records = await history.list(last);
  const running = records.find(({ digest, outcome }) => digest === current && IN_SERVICE.includes(outcome));
  return records.map((each) => ({ ...each, runs: each === running }));
}

function printReleases(releases: readonly Listed[]): void {
  if (releases.length === 0) return print("No releases yet.");
  printTable(
    ["ACCOUNT", "N", "WHEN", "IMAGE", "OUTCOME", "", "WHO", "FROM"],
    releases.map(({ account, number, startedAt, tag, digest, outcome, runs, who, where, origin }) => [
      account,
      number,
      `${startedAt.slice(0, 16).replace("T", " ")} UTC`,
      `${tag === undefined ? "" : `${tag} `}${digest.slice(0, 19)}`,
      outcome,
      runs ? colour.green("in service") : "",
      who.split("/").at(-1) ?? who,
      origin ?? where,
    ]),
  );
}

function unseen({ name }: Account, error: unknown): string {
  if (error instanceof CliError || error instanceof S3ServiceException)
    return `${name} cannot be seen: ${error.message.split("\n")[0] ?? ""}`;
  throw error;
}

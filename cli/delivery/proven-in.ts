import { NO_RELEASE } from "../../modules/delivery/release";
import type { Account } from "../../environments/schema/account";
import type { Fleet } from "../../environments/schema/fleet";
import * as names from "../../environments/schema/names";
import type { CredentialSource } from "../credentials";
import { CliError } from "../errors";
import { currentRelease } from "./current-release";
import { askRecords } from "./records-across";
import type { ReleaseRecord } from "./release-history";
import type { Target } from "./target";

/** Outcomes after which the release before is in service. */
const GONE: readonly ReleaseRecord["outcome"][] = ["failed", "rolledBack"];

/**
 * The digest that runs in an account and was released there; for whoever may not enter that account, as its records
 * have it.
 * @param into account that it is carried into.
 * @throws CliError when nothing runs there, or it never was seen running.
 */
export async function provenIn(
  fleet: Fleet,
  source: CredentialSource,
  from: Target,
  into: Account,
): Promise<string> {
  const { account, service } = from;
  const enters = await source.for(account, names.RELEASE_ROLE).then(
    () => true,
    () => false,
  );
  const current = enters ? await currentRelease(source, from) : undefined;
  if (enters && (current === undefined || current === NO_RELEASE)) throw nothingRuns(from);
  const last = await askRecords(fleet, source, from, into, (history) =>
    history.newest(({ digest, outcome }) => (enters ? digest === current : !GONE.includes(outcome))),
  );
  const digest = current ?? last?.digest;
  if (digest === undefined) throw nothingRuns(from);
  if (last?.outcome === "succeeded") return digest;
  throw new CliError(
    `What ${account.name} has of ${service.name} was not seen running there: ${digest}${last === undefined ? "" : `, ${last.outcome}`}. Nothing was changed.`,
    `Deploy it there once more, awake: slipway deploy ${service.name} --account ${account.name} --image ${digest}`,
  );
}

const nothingRuns = ({ account, service }: Target) =>
  new CliError(
    `${service.name} has no release in ${account.name}: there is nothing to carry over. Nothing was changed.`,
    `First: slipway deploy ${service.name} --account ${account.name} --image TAG`,
  );

import type { Account } from "../../environments/schema/account";
import type { Fleet } from "../../environments/schema/fleet";
import * as names from "../../environments/schema/names";
import type { Service } from "../../environments/schema/service";
import type { CredentialSource } from "../credentials";
import { lastingOptions, RELEASE } from "./clients";
import { BucketStore } from "./object-store";
import { ReleaseHistory } from "./release-history";

/**
 * Where an account keeps locks and records of deliveries: its state bucket.
 * @param reader account whose role for releases reads it; the bucket lets those of later accounts read records.
 */
export async function storeOf(
  fleet: Fleet,
  source: CredentialSource,
  account: Account,
  reader: Account = account,
): Promise<BucketStore> {
  return new BucketStore(
    { ...(await lastingOptions(source, reader, RELEASE)), region: account.region },
    names.stateBucket(fleet.organization, account),
    account.id,
  );
}

/** The releases of a service in an account, as the account's own role for releases reads them, or another's. */
export async function historyOf(
  fleet: Fleet,
  source: CredentialSource,
  account: Account,
  service: Pick<Service, "name">,
  reader: Account = account,
): Promise<ReleaseHistory> {
  return new ReleaseHistory(await storeOf(fleet, source, account, reader), names.releaseRecords(service));
}

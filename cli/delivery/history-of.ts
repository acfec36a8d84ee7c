import type { Account } from "../../environments/schema/account";
import type { Fleet } from "../../environments/schema/fleet";
import * as names from "../../environments/schema/names";
import type { Service } from "../../environments/schema/service";
import type { CredentialSource } from "../credentials";
import { lastingOptions, RELEASE } from "./clients";
import { BucketStore } from "./object-store";
import { ReleaseHistory } from "./release-history";

/** Where an account keeps locks and records of deliveries: its state bucket. */
export async function storeOf(
  fleet: Fleet,
  source: CredentialSource,
  account: Account,
): Promise<BucketStore> {
  return new BucketStore(
    await lastingOptions(source, account, RELEASE),
    names.stateBucket(fleet.organization, account),
    account.id,
  );
}

/** The releases of a service in an account. */
export async function historyOf(
  fleet: Fleet,
  source: CredentialSource,
  account: Account,
  service: Pick<Service, "name">,
): Promise<ReleaseHistory> {
  return new ReleaseHistory(await storeOf(fleet, source, account), names.releaseRecords(service));
}

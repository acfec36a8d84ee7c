import type { Account } from "./account";
import type { Bucket } from "./data/bucket";
import type { Fleet } from "./fleet";

/** A bucket whose objects are copied into another one. */
export interface ReplicaSource {
  readonly account: Account;
  readonly name: string;
  readonly bucket: Bucket;
  /** Bucket that gets the copies, in the account that was asked about. */
  readonly into: string;
}

/** The buckets of any account whose objects are copied into buckets of this one, sorted. */
export function replicasInto(fleet: Fleet, account: Account): ReplicaSource[] {
  return fleet.accounts
    .flatMap((source) =>
      Object.entries(source.data?.buckets ?? {}).flatMap(([name, bucket]) =>
        bucket.replicateTo?.account === account.name
          ? [{ account: source, name, bucket, into: bucket.replicateTo.bucket }]
          : [],
      ),
    )
    .sort((a, b) => (`${a.account.name} ${a.name}` < `${b.account.name} ${b.name}` ? -1 : 1));
}

/** What is recorded of the bucket that copies go to; nothing until it is there. */
export function replicaOf(fleet: Fleet, { replicateTo: target }: Bucket) {
  const account = fleet.accounts.find(({ name }) => name === target?.account);
  const fact = target === undefined ? undefined : fleet.facts[target.account]?.replicas?.[target.bucket];
  return target === undefined || account === undefined || fact === undefined
    ? undefined
    : { ...target, account, kmsKeyArn: fact.kmsKeyArn };
}

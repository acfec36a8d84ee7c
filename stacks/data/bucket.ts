import { S3BucketNotification } from "@cdktf/provider-aws/lib/s3-bucket-notification";
import type { Construct } from "constructs";
import * as names from "../../environments/schema/names";
import { replicaOf, replicasInto, type ReplicaSource } from "../../environments/schema/replicas";
import { BucketReplication } from "../../modules/data/bucket-replication";
import { keepRetention } from "../../modules/data/bucket-retention";
import { SecureBucket } from "../../modules/data/secure-bucket";
import { arnEquals, forArn, type Statement } from "../../modules/identity/policy";
import { publish, read } from "../contract";
import { bucketContract, keysContract, topicsContract } from "../contracts";
import { PlatformStack } from "../platform-stack";
import { pascal } from "../service/feature";
import type { StackKind } from "../stack-kind";
import { storeStacks, type StoreDefinition, type StoreStackProps } from "./store-stacks";

/**
 * One S3 bucket. It has no server access logs: those come late and not all, so that who read what is a matter of
 * CloudTrail's data events.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/logging-with-S3.html
 */
export class BucketStack extends PlatformStack {
  constructor(scope: Construct, { definition, ...props }: StoreStackProps<"buckets">) {
    super(scope, { ...props, concern: "data" });
    const { objectLock, mustKeep, transitions } = definition;
    const bucketName = names.bucket(this.fleet.organization, this.account, props.name);
    const sources = replicasInto(this.fleet, this.account).filter(
      ({ into, account }) => into === props.name && account.id !== this.account.id,
    );
    const kept = this.protection && (objectLock !== undefined || mustKeep !== undefined);
    const store = new SecureBucket(this, "store", {
      bucketName,
      kmsKeyArn: read(this, keysContract).dataKeyArn,
      expireAfterDays: definition.expireAfterDays,
      archiveAfterDays: definition.archiveAfterDays,
      keepVersionsDays: definition.keepVersionsDays,
      transitions,
      ...(objectLock === undefined ? {} : { objectLock }),
      protection: this.protection,
      statements: (bucketArn) => [
        ...(kept ? keepRetention(bucketArn, names.roleArn(this.account, names.APPLY_ROLE)) : []),
        ...sources.map((source) => copiesArrive(bucketArn, source)),
      ],
    });
    const { bucket } = store;
    if (definition.events) new S3BucketNotification(this, "events", { bucket: bucket.id, eventbridge: true });
    this.replicate(props.name, bucketName, store, definition);
    publish(this, bucketContract(props.name), { bucketName: bucket.id, bucketArn: bucket.arn });
  }

  /** Copies, once it is recorded that the bucket they go to is there. */
  private replicate(
    name: string,
    bucketName: string,
    { bucket, versioning }: SecureBucket,
    definition: StoreDefinition<"buckets">,
  ): void {
    const { account, fleet } = this;
    const target = replicaOf(fleet, definition);
    if (target === undefined) return;
    new BucketReplication(this, "replication", {
      bucket,
      versioning,
      bucketName,
      kmsKeyArn: read(this, keysContract).dataKeyArn,
      region: account.region,
      destination: {
        bucketName: names.bucket(fleet.organization, target.account, target.bucket),
        region: target.account.region,
        kmsKeyArn: target.kmsKeyArn,
        ...(target.storageClass === undefined ? {} : { storageClass: target.storageClass }),
      },
      deleteMarkers: target.deleteMarkers,
      replicationTime: target.replicationTime,
      locked: definition.objectLock !== undefined,
      roleName: names.replicationRole(account, name),
      rolePath: names.WORKLOAD_ROLE_PATH,
      boundaryArn: names.boundaryArn(account),
      ...read(this, topicsContract),
    });
  }
}

/**
 * Another account's role cannot be a principal before it is there; its account is, and the condition says which role.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/setting-repl-config-perm-overview.html
 */
function copiesArrive(bucketArn: string, { account, name }: ReplicaSource): Statement {
  const role = `${names.WORKLOAD_ROLE_PATH.slice(1)}${names.replicationRole(account, name)}`;
  return {
    sid: `CopiesFrom${pascal(`${account.name}-${name}`)}`,
    actions: ["s3:ReplicateDelete", "s3:ReplicateObject", "s3:ReplicateTags"],
    resources: [`${bucketArn}/*`],
    principals: forArn(names.rootArn(account)),
    condition: [arnEquals("aws:PrincipalArn", names.roleArn(account, role))],
  };
}

const stacks = storeStacks<"buckets">(({ buckets }) => buckets, BucketStack);

/** Buckets; those with copies elsewhere go without until it is recorded that these have a place. */
export const bucketStacks: StackKind = (fleet, account) =>
  stacks(fleet, account).map((plan) => {
    const bucket = account.data?.buckets[plan.name ?? ""];
    const { replicateTo: target } = bucket ?? {};
    if (bucket === undefined || target === undefined || replicaOf(fleet, bucket) !== undefined) return plan;
    return {
      ...plan,
      lacks: [
        {
          account: target.account,
          fact: "replicas",
          after: `${target.bucket} is applied`,
          needed: `to copy ${plan.name ?? ""} into ${target.bucket} of ${target.account}`,
        },
      ],
    };
  });

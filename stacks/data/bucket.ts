import { S3BucketNotification } from "@cdktf/provider-aws/lib/s3-bucket-notification";
import type { Construct } from "constructs";
import type { Bucket } from "../../environments/schema/data";
import * as names from "../../environments/schema/names";
import { SecureBucket } from "../../modules/data/secure-bucket";
import { publish, read } from "../contract";
import { bucketContract, keysContract } from "../contracts";
import { PlatformStack, type PlatformStackProps } from "../platform-stack";
import type { StackKind } from "../stack-kind";

interface BucketStackProps extends Omit<PlatformStackProps, "concern" | "name"> {
  readonly name: string;
  readonly definition: Bucket;
}

/**
 * One S3 bucket. It has no server access logs: those come late and not all, so that who read what is a matter of
 * CloudTrail's data events.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/logging-with-S3.html
 */
export class BucketStack extends PlatformStack {
  constructor(scope: Construct, { definition, ...props }: BucketStackProps) {
    super(scope, { ...props, concern: "data" });
    const bucketName = names.bucket(this.fleet.organization, this.account, props.name);
    const { bucket } = new SecureBucket(this, "store", {
      bucketName,
      kmsKeyArn: read(this, keysContract).dataKeyArn,
      expireAfterDays: definition.expireAfterDays,
      archiveAfterDays: definition.archiveAfterDays,
      keepVersionsDays: definition.keepVersionsDays,
      protection: this.protection,
    });
    if (definition.events) new S3BucketNotification(this, "events", { bucket: bucket.id, eventbridge: true });
    publish(this, bucketContract(props.name), { bucketName: bucket.id, bucketArn: bucket.arn });
  }
}

export const bucketStacks: StackKind = (fleet, account) =>
  Object.entries(account.data?.buckets ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, definition]) => ({
      account,
      concern: "data",
      name,
      build: (scope, options) => new BucketStack(scope, { fleet, account, name, definition, ...options }),
    }));

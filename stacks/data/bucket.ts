import { S3BucketNotification } from "@cdktf/provider-aws/lib/s3-bucket-notification";
import type { Construct } from "constructs";
import * as names from "../../environments/schema/names";
import { SecureBucket } from "../../modules/data/secure-bucket";
import { publish, read } from "../contract";
import { bucketContract, keysContract } from "../contracts";
import { PlatformStack } from "../platform-stack";
import { storeStacks, type StoreStackProps } from "./store-stacks";

/**
 * One S3 bucket. It has no server access logs: those come late and not all, so that who read what is a matter of
 * CloudTrail's data events.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/logging-with-S3.html
 */
export class BucketStack extends PlatformStack {
  constructor(scope: Construct, { definition, ...props }: StoreStackProps<"buckets">) {
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

export const bucketStacks = storeStacks<"buckets">(({ buckets }) => buckets, BucketStack);

import { Construct } from "constructs";
import { SecureBucket } from "../data/secure-bucket";
import { forService, stringEquals } from "../identity/policy";

export interface SeedsProps {
  readonly bucketName: string;
  readonly accountId: string;
  readonly region: string;
  /** Whose store begins with what lies there. */
  readonly reader: "elasticache" | "memorydb";
  /** Whether Terraform refuses to destroy the bucket. */
  readonly protection: boolean;
}

/** Days for which a snapshot lies there: enough to make a store of it. */
const KEPT_DAYS = 30;

/**
 * Where a snapshot lies from which ElastiCache or MemoryDB makes a store. Both read files under S3's own key only.
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups-seeding-redis.html
 */
export class Seeds extends Construct {
  constructor(scope: Construct, id: string, { accountId, region, reader, ...props }: SeedsProps) {
    super(scope, id);
    new SecureBucket(this, "snapshot", {
      ...props,
      expireAfterDays: KEPT_DAYS,
      keepVersionsDays: 1,
      statements: (bucketArn) => [
        {
          sid: "ReadSnapshots",
          principals: forService(`${region}.${reader}-snapshot.amazonaws.com`),
          actions: ["s3:GetBucketAcl", "s3:GetObject", "s3:ListBucket"],
          resources: [bucketArn, `${bucketArn}/*`],
          condition: [stringEquals("aws:SourceAccount", accountId)],
        },
      ],
    });
  }
}

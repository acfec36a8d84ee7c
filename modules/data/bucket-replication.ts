import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import type { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketReplicationConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-replication-configuration";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { forService, stringEquals, stringLike, type Statement } from "../identity/policy";
import { Role } from "../identity/role";

export interface BucketReplicationProps {
  /** The bucket that is copied, and its versioning, without which nothing is. */
  readonly bucket: S3Bucket;
  readonly versioning: ITerraformDependable;
  readonly bucketName: string;
  /** Key and region of what is copied. */
  readonly kmsKeyArn: string;
  readonly region: string;
  /** Where the copies go. */
  readonly destination: {
    readonly bucketName: string;
    readonly region: string;
    /** Its account's key, not an alias, which S3 would look for in this account. */
    readonly kmsKeyArn: string;
    /** @default the object's own */
    readonly storageClass?: string;
  };
  /** Whether what is deleted here is deleted there. */
  readonly deleteMarkers: boolean;
  /** Whether AWS warrants a copy within 15 minutes. */
  readonly replicationTime: boolean;
  /** Whether versions are locked, and their locks copied. */
  readonly locked: boolean;
  readonly roleName: string;
  readonly rolePath: string;
  readonly boundaryArn: string;
  readonly criticalTopicArn: string;
  readonly warningTopicArn: string;
}

const MINUTES = 15;
const RULE = "everything";

/**
 * Copies each new object of a bucket into another one, of another account or in another region, under that one's key.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html
 */
export class BucketReplication extends Construct {
  constructor(scope: Construct, id: string, props: BucketReplicationProps) {
    super(scope, id);
    const { destination } = props;
    const { role, permissions } = new Role(this, "identity", {
      roleName: props.roleName,
      path: props.rolePath,
      description: `Lets S3 copy ${props.bucketName} into ${destination.bucketName}`,
      boundaryArn: props.boundaryArn,
      // S3 names no source when it takes a role on; it takes those of the bucket's own account only.
      trust: [{ sid: "TrustS3", actions: ["sts:AssumeRole"], principals: forService("s3.amazonaws.com") }],
      statements: statements(props),
    });
    const timed = props.replicationTime;
    new S3BucketReplicationConfigurationA(this, "configuration", {
      bucket: props.bucket.id,
      role: role.arn,
      rule: [
        {
          id: RULE,
          priority: 1,
          status: "Enabled",
          filter: { prefix: "" },
          deleteMarkerReplication: { status: props.deleteMarkers ? "Enabled" : "Disabled" },
          sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: "Enabled" } },
          destination: {
            bucket: arnOf(destination.bucketName),
            ...(destination.storageClass === undefined ? {} : { storageClass: destination.storageClass }),
            encryptionConfiguration: { replicaKmsKeyId: destination.kmsKeyArn },
            metrics: { status: "Enabled", ...(timed ? { eventThreshold: { minutes: MINUTES } } : {}) },
            ...(timed ? { replicationTime: { status: "Enabled", time: { minutes: MINUTES } } } : {}),
          },
        },
      ],
      dependsOn: [props.versioning, ...permissions],
    });
    this.addAlarms(props);
  }

  /** https://docs.aws.amazon.com/AmazonS3/latest/userguide/metrics-dimensions.html#s3-cloudwatch-replication-metrics */
  private addAlarms(props: BucketReplicationProps): void {
    const { bucketName, destination } = props;
    const alarm = (
      id: string,
      metricName: string,
      threshold: number,
      topicArn: string,
      description: string,
    ) =>
      new CloudwatchMetricAlarm(this, id, {
        alarmName: `${bucketName}-replication-${id}`,
        alarmDescription: description,
        namespace: "AWS/S3",
        metricName,
        dimensions: {
          SourceBucket: bucketName,
          DestinationBucket: destination.bucketName,
          RuleId: RULE,
        },
        statistic: metricName === "ReplicationLatency" ? "Maximum" : "Sum",
        period: 300,
        evaluationPeriods: metricName === "ReplicationLatency" ? 3 : 1,
        comparisonOperator: "GreaterThanThreshold",
        threshold,
        treatMissingData: "notBreaching",
        alarmActions: [topicArn],
        okActions: [topicArn],
      });
    alarm(
      "failed",
      "OperationsFailedReplication",
      0,
      props.criticalTopicArn,
      `Objects of ${bucketName} have no copy in ${destination.bucketName}, and get none by themselves`,
    );
    alarm(
      "late",
      "ReplicationLatency",
      MINUTES * 60,
      props.warningTopicArn,
      `Copies of ${bucketName} come late to ${destination.bucketName}`,
    );
  }
}

const arnOf = (bucketName: string) => `arn:aws:s3:::${bucketName}`;

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/setting-repl-config-perm-overview.html */
function statements(props: BucketReplicationProps): Statement[] {
  const { bucket, destination, region } = props;
  const copies = arnOf(destination.bucketName);
  return [
    {
      sid: "SeeSource",
      actions: ["s3:GetReplicationConfiguration", "s3:ListBucket"],
      resources: [bucket.arn],
    },
    {
      sid: "ReadVersions",
      actions: [
        ...(props.locked ? ["s3:GetObjectLegalHold", "s3:GetObjectRetention"] : []),
        "s3:GetObjectVersionAcl",
        "s3:GetObjectVersionForReplication",
        "s3:GetObjectVersionTagging",
      ],
      resources: [`${bucket.arn}/*`],
    },
    {
      sid: "WriteCopies",
      actions: ["s3:ReplicateDelete", "s3:ReplicateObject", "s3:ReplicateTags"],
      resources: [`${copies}/*`],
    },
    {
      sid: "DecryptSource",
      actions: ["kms:Decrypt"],
      resources: [props.kmsKeyArn],
      condition: [
        stringEquals("kms:ViaService", `s3.${region}.amazonaws.com`),
        stringLike("kms:EncryptionContext:aws:s3:arn", bucket.arn, `${bucket.arn}/*`),
      ],
    },
    {
      sid: "EncryptCopies",
      actions: ["kms:Encrypt", "kms:GenerateDataKey"],
      resources: [destination.kmsKeyArn],
      condition: [
        stringEquals("kms:ViaService", `s3.${destination.region}.amazonaws.com`),
        stringLike("kms:EncryptionContext:aws:s3:arn", copies, `${copies}/*`),
      ],
    },
  ];
}

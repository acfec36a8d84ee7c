import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketObjectLockConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-object-lock-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Construct } from "constructs";
import { denyInsecureTransport, policyDocument, type Statement } from "../identity/policy";
import { versionTransitions, type BucketLock, type StorageTransition } from "./bucket-retention";

export interface SecureBucketProps {
  /** Full name, unique in all of AWS. */
  readonly bucketName: string;
  /**
   * ARN of the customer key that encrypts objects.
   * @default S3's own key (AES256), where a service that delivers into the bucket takes no other
   */
  readonly kmsKeyArn?: string;
  /**
   * Days after which objects are removed.
   * @default objects stay
   */
  readonly expireAfterDays?: number;
  /**
   * Days after which objects move to Glacier Instant Retrieval: as quick to read, a sixth of the price to keep.
   * @default they do not
   */
  readonly archiveAfterDays?: number;
  /** Steps down through storage classes, in place of `archiveAfterDays`. @default none */
  readonly transitions?: readonly StorageTransition[];
  /** For how long no version is deleted or overwritten; told when the bucket is made, and never taken back. @default no lock */
  readonly objectLock?: BucketLock;
  /** Days for which replaced and deleted objects are kept. @default 90 */
  readonly keepVersionsDays?: number;
  /** Whether Terraform refuses to destroy it; otherwise it is emptied and destroyed. */
  readonly protection: boolean;
  /** What others may do, beside the refusal of everything without TLS. @default nothing */
  readonly statements?: (bucketArn: string) => Statement[];
}

/**
 * A private, versioned, encrypted bucket that speaks TLS only.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
 */
export class SecureBucket extends Construct {
  readonly bucket: S3Bucket;
  readonly versioning: S3BucketVersioningA;
  /** In place before anything is delivered into the bucket. */
  readonly policy: S3BucketPolicy;

  constructor(scope: Construct, id: string, props: SecureBucketProps) {
    super(scope, id);
    const { objectLock, transitions = [], keepVersionsDays = 90 } = props;
    const steps =
      props.archiveAfterDays === undefined
        ? transitions
        : [{ days: props.archiveAfterDays, storageClass: "GLACIER_IR" }];
    this.bucket = new S3Bucket(this, "bucket", {
      bucket: props.bucketName,
      forceDestroy: !props.protection,
      ...(objectLock === undefined ? {} : { objectLockEnabled: true }),
      lifecycle: { preventDestroy: props.protection },
    });
    const bucket = this.bucket.id;

    this.versioning = new S3BucketVersioningA(this, "versioning", {
      bucket,
      versioningConfiguration: { status: "Enabled" },
    });
    new S3BucketServerSideEncryptionConfigurationA(this, "encryption", {
      bucket,
      rule: [
        {
          applyServerSideEncryptionByDefault:
            props.kmsKeyArn === undefined
              ? { sseAlgorithm: "AES256" }
              : { sseAlgorithm: "aws:kms", kmsMasterKeyId: props.kmsKeyArn },
          bucketKeyEnabled: props.kmsKeyArn !== undefined,
          // What S3 sets by itself on new buckets; left out, each plan would take it away.
          blockedEncryptionTypes: ["SSE-C"],
        },
      ],
    });
    const accessBlock = new S3BucketPublicAccessBlock(this, "access_block", {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketOwnershipControls(this, "ownership", {
      bucket,
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
    if (objectLock !== undefined)
      new S3BucketObjectLockConfigurationA(this, "lock", {
        bucket,
        rule: { defaultRetention: { ...objectLock } },
        dependsOn: [this.versioning],
        lifecycle: { preventDestroy: props.protection },
      });
    const versionSteps = versionTransitions(transitions, keepVersionsDays);
    new S3BucketLifecycleConfiguration(this, "lifecycle", {
      bucket,
      rule: [
        {
          id: "tidy",
          status: "Enabled",
          filter: [{ prefix: "" }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
          noncurrentVersionExpiration: [{ noncurrentDays: keepVersionsDays }],
          ...(steps.length === 0 ? {} : { transition: [...steps] }),
          ...(versionSteps.length === 0 ? {} : { noncurrentVersionTransition: versionSteps }),
          ...(props.expireAfterDays === undefined ? {} : { expiration: [{ days: props.expireAfterDays }] }),
        },
      ],
      dependsOn: [this.versioning],
    });
    const statements = [
      denyInsecureTransport([this.bucket.arn, `${this.bucket.arn}/*`], "s3:*"),
      ...(props.statements?.(this.bucket.arn) ?? []),
    ];
    this.policy = new S3BucketPolicy(this, "policy", {
      bucket,
      policy: policyDocument(this, "policy_document", statements).json,
      // Both change the bucket's policy status; S3 refuses them at the same moment.
      dependsOn: [accessBlock],
    });
  }
}

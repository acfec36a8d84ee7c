import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Lb } from "@cdktf/provider-aws/lib/lb";
import { Route53Zone } from "@cdktf/provider-aws/lib/route53-zone";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { SsmParameter, type SsmParameterConfig } from "@cdktf/provider-aws/lib/ssm-parameter";
import type { TerraformStack } from "cdktf";
import { bucketCompanions } from "../../../../modules/audit/guardrails/bucket-companions";
import { deletionProtection } from "../../../../modules/audit/guardrails/deletion-protection";
import { keyRotation } from "../../../../modules/audit/guardrails/key-rotation";
import { noLiteralSecret } from "../../../../modules/audit/guardrails/no-literal-secret";
import { stateBucket } from "../../../../modules/audit/guardrails/state-bucket";
import { EncryptionKey } from "../../../../modules/data/encryption-key";
import { SecureBucket } from "../../../../modules/data/secure-bucket";
import { ACCOUNT, STATE_BUCKET, type Example, type Fault } from "../audited";

type Build = (stack: TerraformStack) => void;

const sound = (stack: TerraformStack, bucketName: string, options: object = {}) =>
  new SecureBucket(stack, "store", { bucketName, protection: true, ...options });
/** A sound bucket, one of whose companions is spoiled by an override. */
const spoiled =
  (type: string, id: string, path: string, value: unknown): Build =>
  (stack) => {
    sound(stack, "data");
    stack.addOverride(`resource.${type}.${logicalId(stack, id)}.${path}`, value);
  };
const logicalId = (stack: TerraformStack, id: string) => {
  const child = stack.node.findChild("store").node.findChild(id);
  return "friendlyUniqueId" in child ? String(child.friendlyUniqueId) : id;
};
const parameter =
  (config: Partial<SsmParameterConfig>): Build =>
  (stack) =>
    new SsmParameter(stack, "parameter", { name: "/app/setting", type: "String", ...config });
const environment =
  (name: string, value: string): Build =>
  (stack) =>
    new EcsTaskDefinition(stack, "task", {
      family: "app",
      containerDefinitions: JSON.stringify([{ name: "app", environment: [{ name, value }] }]),
    });
const key = (config: object) => (stack: TerraformStack) =>
  new KmsKey(stack, "key", { enableKeyRotation: true, deletionWindowInDays: 30, policy: "{}", ...config });

export const STORE_FAULTS: readonly Fault[] = [
  {
    guardrail: bucketCompanions,
    shows: "a bucket alone, for each companion that it lacks",
    build: (stack) => new S3Bucket(stack, "bucket", { bucket: "data" }),
    address: "aws_s3_bucket.bucket",
    given: "without block_public_acls, block_public_policy, ignore_public_acls, restrict_public_buckets",
  },
  {
    guardrail: bucketCompanions,
    shows: "companions of another bucket",
    build: (stack) => {
      new S3Bucket(stack, "bucket", { bucket: "data" });
      new S3BucketVersioningA(stack, "versioning", {
        bucket: "other",
        versioningConfiguration: { status: "Enabled" },
      });
    },
    address: "aws_s3_bucket.bucket",
    given: "aws_s3_bucket_versioning",
  },
  {
    guardrail: bucketCompanions,
    shows: "one of four access blocks left out",
    build: (stack) => {
      const { id: bucket } = new S3Bucket(stack, "bucket", { bucket: "data" });
      new S3BucketPublicAccessBlock(stack, "block", {
        bucket,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
      });
    },
    address: "aws_s3_bucket.bucket",
    given: "without restrict_public_buckets",
  },
  {
    guardrail: stateBucket,
    shows: "states without a customer key",
    build: (stack) => new S3Bucket(stack, "bucket", { bucket: STATE_BUCKET }),
    address: "aws_s3_bucket.bucket",
    given: "encryption nothing",
  },
  {
    guardrail: stateBucket,
    shows: "states that can be destroyed",
    build: (stack) =>
      new S3Bucket(stack, "bucket", { bucket: STATE_BUCKET, lifecycle: { preventDestroy: false } }),
    facts: { protection: false },
    address: "aws_s3_bucket.bucket",
    given: "prevent_destroy false",
  },
  {
    guardrail: noLiteralSecret,
    shows: "a password in an environment",
    build: environment("DATABASE_PASSWORD", "hunter2"),
    address: "aws_ecs_task_definition.task",
    given: "DATABASE_PASSWORD with a value that looks like a secret (not shown)",
  },
  {
    guardrail: noLiteralSecret,
    shows: "a password in an address",
    build: environment("DATABASE", "postgres://app:hunter2@db.internal/app"),
    address: "aws_ecs_task_definition.task",
    given: "environment variable DATABASE",
  },
  {
    guardrail: noLiteralSecret,
    shows: "a SecureString with its value",
    build: parameter({ type: "SecureString", value: "hunter2" }),
    address: "aws_ssm_parameter.parameter",
    given: "a SecureString with a value (not shown)",
  },
  {
    guardrail: noLiteralSecret,
    shows: "a write-only value in the JSON",
    build: parameter({ type: "SecureString", valueWo: "hunter2", valueWoVersion: 1 }),
    address: "aws_ssm_parameter.parameter",
    given: "value_wo with a literal (not shown)",
  },
  {
    guardrail: noLiteralSecret,
    shows: "a secret in a plain parameter",
    build: parameter({ name: "/app/api-key", insecureValue: "hunter2" }),
    address: "aws_ssm_parameter.parameter",
    given: "not encrypted",
  },
  {
    guardrail: noLiteralSecret,
    shows: "a database's password, even by reference",
    build: (stack) =>
      new DbInstance(stack, "db", { instanceClass: "db.t4g.micro", password: "${local.password}" }),
    address: "aws_db_instance.db",
    given: "password (not shown)",
  },
  {
    guardrail: deletionProtection,
    shows: "a key that can be destroyed",
    build: key({}),
    address: "aws_kms_key.key",
    given: "prevent_destroy nothing",
  },
  {
    guardrail: deletionProtection,
    shows: "a load balancer that AWS lets go",
    build: (stack) => new Lb(stack, "door", { lifecycle: { preventDestroy: true } }),
    address: "aws_lb.door",
    given: "enable_deletion_protection nothing",
  },
  {
    guardrail: deletionProtection,
    shows: "a database without a final snapshot",
    build: (stack) =>
      new DbInstance(stack, "db", {
        instanceClass: "db.t4g.micro",
        deletionProtection: true,
        skipFinalSnapshot: true,
        lifecycle: { preventDestroy: true },
      }),
    address: "aws_db_instance.db",
    given: "skip_final_snapshot true",
  },
  {
    guardrail: keyRotation,
    shows: "a key that never rotates",
    build: key({ enableKeyRotation: false }),
    address: "aws_kms_key.key",
    given: "enable_key_rotation false",
  },
  {
    guardrail: keyRotation,
    shows: "a key gone in a week",
    build: key({ deletionWindowInDays: 7 }),
    address: "aws_kms_key.key",
    given: "deletion_window_in_days 7",
  },
];

export const STORE_SOUND: readonly Example[] = [
  { guardrail: bucketCompanions, shows: "a secure bucket", build: (stack) => sound(stack, "data") },
  {
    guardrail: stateBucket,
    shows: "states under a customer key",
    build: (stack) => {
      const { key: stateKey } = new EncryptionKey(stack, "key", {
        alias: "alias/slipway-state",
        description: "States",
        accountRootArn: `arn:aws:iam::${ACCOUNT}:root`,
        protection: true,
      });
      sound(stack, STATE_BUCKET, { kmsKeyArn: stateKey.arn });
    },
  },
  { guardrail: stateBucket, shows: "another bucket", build: (stack) => sound(stack, "data") },
  { guardrail: noLiteralSecret, shows: "a plain setting", build: environment("LOG_LEVEL", "info") },
  {
    guardrail: noLiteralSecret,
    shows: "a placeholder, written once",
    build: parameter({ type: "SecureString", valueWo: "unset", valueWoVersion: 1 }),
  },
  {
    guardrail: deletionProtection,
    shows: "a key where nothing is protected",
    build: key({}),
    facts: { protection: false },
  },
  {
    guardrail: deletionProtection,
    shows: "a private zone, which stacks fill",
    build: (stack) => new Route53Zone(stack, "zone", { name: "internal.example", vpc: [{ vpcId: "vpc-1" }] }),
  },
  { guardrail: keyRotation, shows: "a key that rotates", build: key({}) },
];

/** A bucket with all its companions, one of them spoiled, and what is said of it. */
export const SPOILED_BUCKETS: readonly (readonly [shows: string, build: Build, given: string])[] = [
  [
    "suspended versioning",
    spoiled("aws_s3_bucket_versioning", "versioning", "versioning_configuration.status", "Suspended"),
    "aws_s3_bucket_versioning that is Enabled",
  ],
  [
    "an access block that is off",
    spoiled("aws_s3_bucket_public_access_block", "access_block", "block_public_policy", false),
    "without block_public_policy",
  ],
  [
    "owners of objects apart",
    spoiled("aws_s3_bucket_ownership_controls", "ownership", "rule.object_ownership", "ObjectWriter"),
    "access lists",
  ],
  [
    "a policy that lets plain HTTP through",
    spoiled("aws_s3_bucket_policy", "policy", "policy", '{"Statement":[]}'),
    "without TLS",
  ],
];

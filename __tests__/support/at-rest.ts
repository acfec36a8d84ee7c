import { list, object, objects, strings, type Block, type Json, type SynthesizedStack } from "./synthesized";

/** Whether what a resource keeps is encrypted under a key of the account's own. */
type Encrypted = (block: Block, stack: SynthesizedStack) => boolean;

const key = (value: Json | undefined) => typeof value === "string" && value !== "";
const has =
  (argument: string): Encrypted =>
  ({ values }) =>
    key(values[argument]);
const inBlock =
  (block: string, argument: string): Encrypted =>
  ({ values }) =>
    blocks(values[block]).some((inner) => key(inner[argument]));

/** A block that Terraform's JSON has as one object, or as a list of them. */
export const blocks = (value: Json | undefined) =>
  value === undefined || value === null ? [] : Array.isArray(value) ? objects(value) : [object(value)];

/**
 * Buckets under S3's own key, by logical id: those into which load balancers deliver logs, and those from which
 * ElastiCache and MemoryDB read a snapshot; they know no other.
 */
const S3_KEY: readonly RegExp[] = [/^access_logs_/, /^logs_bucket_/, /^seeds_snapshot_/];

function bucketEncrypted(bucket: Block, stack: SynthesizedStack): boolean {
  const rules = stack
    .resources("aws_s3_bucket_server_side_encryption_configuration")
    .filter(({ values }) => String(values["bucket"]).includes(bucket.id))
    .flatMap(({ values }) => list(values["rule"]).map((rule) => object(rule)))
    .flatMap((rule) => blocks(rule["apply_server_side_encryption_by_default"]));
  return rules.some(
    (rule) =>
      (rule["sse_algorithm"] === "aws:kms" && key(rule["kms_master_key_id"])) ||
      (rule["sse_algorithm"] === "AES256" && S3_KEY.some((known) => known.test(bucket.id))),
  );
}

/** Volumes of a launch template. */
const templateEncrypted: Encrypted = ({ values }) => {
  const volumes = blocks(values["block_device_mappings"]).flatMap((device) => blocks(device["ebs"]));
  return (
    volumes.length > 0 &&
    volumes.every((ebs) => String(ebs["encrypted"]) === "true" && key(ebs["kms_key_id"]))
  );
};

/**
 * What keeps data or messages, and how one sees that it is encrypted. Schedules are not here: a key encrypts their
 * payload only, and none has one.
 */
export const AT_REST: Readonly<Record<string, Encrypted>> = {
  aws_cloudwatch_log_group: has("kms_key_id"),
  aws_codebuild_project: has("encryption_key"),
  aws_docdb_cluster: (block, stack) =>
    block.values["storage_encrypted"] === true && has("kms_key_id")(block, stack),
  aws_docdb_cluster_instance: has("performance_insights_kms_key_id"),
  aws_dynamodb_table: inBlock("server_side_encryption", "kms_key_arn"),
  // A replica in the same region has its source's key.
  aws_db_instance: (block, stack) =>
    block.values["storage_encrypted"] === true &&
    (block.values["replicate_source_db"] !== undefined || has("kms_key_id")(block, stack)) &&
    (block.values["performance_insights_enabled"] !== true ||
      has("performance_insights_kms_key_id")(block, stack)),
  aws_dms_endpoint: has("kms_key_arn"),
  aws_dms_replication_config: inBlock("compute_config", "kms_key_id"),
  aws_dms_replication_instance: has("kms_key_arn"),
  aws_dms_s3_endpoint: has("kms_key_arn"),
  aws_ebs_volume: (block, stack) => block.values["encrypted"] === true && has("kms_key_id")(block, stack),
  aws_ecr_repository: inBlock("encryption_configuration", "kms_key"),
  aws_ecr_repository_creation_template: inBlock("encryption_configuration", "kms_key"),
  aws_efs_file_system: (block, stack) =>
    block.values["encrypted"] === true && has("kms_key_id")(block, stack),
  aws_kinesis_stream: (block, stack) =>
    block.values["encryption_type"] === "KMS" && has("kms_key_id")(block, stack),
  aws_elasticache_replication_group: (block, stack) =>
    block.values["at_rest_encryption_enabled"] === "true" && has("kms_key_id")(block, stack),
  aws_instance: inBlock("root_block_device", "kms_key_id"),
  aws_lambda_function: has("kms_key_arn"),
  aws_launch_template: templateEncrypted,
  aws_memorydb_cluster: has("kms_key_arn"),
  aws_mq_broker: inBlock("encryption_options", "kms_key_id"),
  aws_opensearch_domain: (block, stack) =>
    blocks(block.values["encrypt_at_rest"]).some((one) => one["enabled"] === true) &&
    inBlock("encrypt_at_rest", "kms_key_id")(block, stack),
  aws_rds_cluster: (block, stack) =>
    block.values["storage_encrypted"] === true &&
    has("kms_key_id")(block, stack) &&
    (block.values["manage_master_user_password"] !== true ||
      has("master_user_secret_kms_key_id")(block, stack)),
  aws_rds_cluster_instance: (block, stack) =>
    block.values["performance_insights_enabled"] !== true ||
    has("performance_insights_kms_key_id")(block, stack),
  aws_s3_bucket: bucketEncrypted,
  aws_secretsmanager_secret: has("kms_key_id"),
  aws_sns_topic: has("kms_master_key_id"),
  aws_sqs_queue: has("kms_master_key_id"),
};

/** Every string of a policy statement's field, which may be one or several. */
export const several = (value: Json | undefined): string[] =>
  value === undefined ? [] : Array.isArray(value) ? strings(value) : [String(value)];

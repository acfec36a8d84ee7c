import type { AuditedResource } from "../audited-stack";
import { findingIf, type Finding, type Guardrail } from "../guardrail";
import { block, show } from "../values";

/** What holds something that no apply can make again. Private zones hold only what stacks write into them. */
const STATEFUL = [
  "aws_backup_vault",
  "aws_cognito_user_pool",
  "aws_db_instance",
  "aws_docdb_cluster",
  "aws_dynamodb_table",
  "aws_ebs_volume",
  "aws_ecr_repository",
  "aws_efs_file_system",
  "aws_elasticache_replication_group",
  "aws_kinesis_stream",
  "aws_kms_key",
  "aws_lb",
  "aws_memorydb_cluster",
  "aws_mq_broker",
  "aws_msk_cluster",
  "aws_neptune_cluster",
  "aws_opensearch_domain",
  "aws_rds_cluster",
  "aws_rds_global_cluster",
  "aws_redshift_cluster",
  "aws_route53_zone",
  "aws_s3_bucket",
  "aws_secretsmanager_secret",
  "aws_ssm_parameter",
  "aws_vpc",
];

/** AWS's own refusal, by type: the argument and the value that turns it on. */
const REFUSALS: Readonly<Record<string, readonly [argument: string, on: unknown]>> = {
  aws_cognito_user_pool: ["deletion_protection", "ACTIVE"],
  aws_db_instance: ["deletion_protection", true],
  aws_docdb_cluster: ["deletion_protection", true],
  aws_dynamodb_table: ["deletion_protection_enabled", true],
  aws_lb: ["enable_deletion_protection", true],
  aws_neptune_cluster: ["deletion_protection", true],
  aws_rds_cluster: ["deletion_protection", true],
  aws_rds_global_cluster: ["deletion_protection", true],
};

/** Where the account's capability says so, nothing stateful dies by accident. */
export const deletionProtection: Guardrail = {
  id: "deletion-protection",
  controls: ["ELB.6", "RDS.7", "RDS.8", "CKV_AWS_139", "CKV_AWS_150", "CKV_AWS_293"],
  description: "In protected accounts, whatever is stateful or a front door refuses deletion",
  types: STATEFUL,
  check: (resource, { facts }) => {
    if (!facts.protection || !isStateful(resource)) return [];
    const { type, attributes } = resource;
    const prevented = block(attributes["lifecycle"])["prevent_destroy"];
    const [argument, on] = REFUSALS[type] ?? [];
    return [
      ...findingIf(
        prevented !== true,
        `lifecycle.prevent_destroy ${show(prevented)}`,
        "prevent_destroy true",
      ),
      ...(argument === undefined
        ? []
        : findingIf(
            attributes[argument] !== on,
            `${argument} ${show(attributes[argument])}`,
            `${argument} ${show(on)}`,
          )),
      ...forced(resource),
    ];
  },
};

function isStateful({ type, attributes }: AuditedResource): boolean {
  if (type === "aws_ssm_parameter") return attributes["type"] === "SecureString";
  // A read replica holds what its source holds.
  if (type === "aws_db_instance") return attributes["replicate_source_db"] === undefined;
  if (type === "aws_route53_zone") return attributes["vpc"] === undefined;
  return true;
}

function forced({ type, attributes }: AuditedResource): Finding[] {
  // There it lets clusters leave, and deletes none of them.
  if (type === "aws_rds_global_cluster") return [];
  return ["force_destroy", "force_delete", "skip_final_snapshot"].flatMap((argument) =>
    findingIf(attributes[argument] === true, `${argument} true`, `${argument} false`),
  );
}

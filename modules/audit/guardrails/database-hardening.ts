import type { AuditedResource, AuditedStack } from "../audited-stack";
import { findingIf, type Finding, type Guardrail } from "../guardrail";
import { blocks, show } from "../values";

/** Days to which a database of a protected account can be restored, at least. */
const LEAST_RETENTION = 7;

/** Databases keep what they hold encrypted, reachable from within only, and restorable. */
export const databaseHardening: Guardrail = {
  id: "database-hardening",
  controls: [
    "DocumentDB.1",
    "DocumentDB.2",
    "RDS.2",
    "RDS.3",
    "RDS.11",
    "RDS.27",
    "CKV_AWS_16",
    "CKV_AWS_90",
    "CKV_AWS_104",
    "CKV_AWS_17",
    "CKV_AWS_96",
    "CKV_AWS_133",
  ],
  description: "Databases are encrypted, private, backed up, speak TLS only, and leave their password to RDS",
  types: [
    "aws_db_instance",
    "aws_docdb_cluster",
    "aws_docdb_cluster_parameter_group",
    "aws_rds_cluster",
    "aws_rds_cluster_instance",
    "aws_rds_cluster_parameter_group",
  ],
  check: (resource, stack) => {
    const { type, attributes } = resource;
    if (type === "aws_rds_cluster_parameter_group") return tls(resource);
    if (type === "aws_docdb_cluster_parameter_group") return documentTls(resource);
    return [
      ...findingIf(
        attributes["publicly_accessible"] === true,
        "publicly_accessible true",
        "publicly_accessible false",
      ),
      ...(type === "aws_rds_cluster_instance" ? [] : holder(resource, stack)),
    ];
  },
};

function holder({ attributes }: AuditedResource, { facts }: AuditedStack): Finding[] {
  const { storage_encrypted: encrypted, kms_key_id: key, backup_retention_period: days } = attributes;
  return [
    ...findingIf(
      encrypted !== true || key === undefined,
      `storage_encrypted ${show(encrypted)}, kms_key_id ${show(key)}`,
      "storage_encrypted true, under a customer key",
    ),
    ...findingIf(
      attributes["manage_master_user_password"] !== true,
      "a master password of its own (not shown)",
      "manage_master_user_password true",
    ),
    ...findingIf(
      facts.protection && (typeof days !== "number" || days < LEAST_RETENTION),
      `backup_retention_period ${show(days)}`,
      `at least ${LEAST_RETENTION}`,
    ),
  ];
}

function tls({ attributes }: AuditedResource): Finding[] {
  if (!String(attributes["family"]).includes("postgresql")) return [];
  const forced = blocks(attributes["parameter"]).find(({ name }) => name === "rds.force_ssl");
  return findingIf(forced?.["value"] !== "1", `rds.force_ssl ${show(forced?.["value"])}`, "rds.force_ssl 1");
}

function documentTls({ attributes }: AuditedResource): Finding[] {
  const value = (parameter: string) =>
    blocks(attributes["parameter"]).find(({ name }) => name === parameter)?.["value"];
  return [
    // Left out it is enabled; old versions of TLS, too.
    ...findingIf(value("tls") === "disabled", "tls disabled", "tls tls1.2+"),
    ...findingIf(
      [undefined, "disabled", "none"].some((off) => off === value("audit_logs")),
      `audit_logs ${show(value("audit_logs"))}`,
      "audit_logs enabled",
    ),
  ];
}

import type { AuditedResource, AuditedStack } from "../audited-stack";
import { findingIf, type Finding, type Guardrail } from "../guardrail";
import { blocks, isExpression, show } from "../values";

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
    "aws_db_parameter_group",
    "aws_rds_cluster",
    "aws_rds_cluster_instance",
    "aws_rds_cluster_parameter_group",
  ],
  check: (resource, stack) => {
    const { type, attributes } = resource;
    if (type === "aws_docdb_cluster_parameter_group") return documentTls(resource);
    if (type.endsWith("_parameter_group")) return tls(resource);
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

/** Whether it copies another: that one's key, password and backups are its own. */
const isReplica = ({ type, attributes }: AuditedResource) =>
  type === "aws_db_instance" && attributes["replicate_source_db"] !== undefined;

/** A cluster that another region's replicates into has the users of that. */
const isSecondary = ({ attributes }: AuditedResource) =>
  attributes["source_region"] !== undefined && attributes["global_cluster_identifier"] !== undefined;

function holder(resource: AuditedResource, { facts }: AuditedStack): Finding[] {
  const {
    storage_encrypted: encrypted,
    kms_key_id: key,
    backup_retention_period: days,
  } = resource.attributes;
  const replica = isReplica(resource);
  return [
    ...findingIf(
      encrypted !== true || (key === undefined && !replica),
      `storage_encrypted ${show(encrypted)}, kms_key_id ${show(key)}`,
      "storage_encrypted true, under a customer key",
    ),
    ...findingIf(
      !replica && !isSecondary(resource) && !isUnknown(resource),
      "a master password of its own (not shown)",
      "manage_master_user_password true",
    ),
    ...findingIf(
      facts.protection && !replica && (typeof days !== "number" || days < LEAST_RETENTION),
      `backup_retention_period ${show(days)}`,
      `at least ${LEAST_RETENTION}`,
    ),
  ];
}

/** Whether nobody knows the master's password but RDS, or nobody at all: drawn, sent once, and kept nowhere. */
function isUnknown({ attributes }: AuditedResource): boolean {
  if (attributes["password"] !== undefined || attributes["master_password"] !== undefined) return false;
  return (
    attributes["manage_master_user_password"] === true ||
    isExpression(attributes["password_wo"] ?? attributes["master_password_wo"])
  );
}

/** The parameter that leaves no choice, and its value, by what a family's name has in it. */
const TLS_ONLY: readonly (readonly [family: RegExp, parameter: string])[] = [
  [/postgres|^sqlserver/, "rds.force_ssl"],
  [/mysql|^mariadb/, "require_secure_transport"],
];

function tls({ attributes }: AuditedResource): Finding[] {
  const [, parameter] = TLS_ONLY.find(([family]) => family.test(String(attributes["family"]))) ?? [];
  if (parameter === undefined) return [];
  const forced = blocks(attributes["parameter"]).find(({ name }) => name === parameter);
  return findingIf(forced?.["value"] !== "1", `${parameter} ${show(forced?.["value"])}`, `${parameter} 1`);
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

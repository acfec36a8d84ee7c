import type { AuditedResource } from "../audited-stack";
import { findingIf, type Finding, type Guardrail } from "../guardrail";
import { show } from "../values";

/** Days for which snapshots of a protected account are kept, at least. */
const LEAST_RETENTION = 7;

/** Caches keep nothing and send nothing in clear, and know who asks. */
export const cacheHardening: Guardrail = {
  id: "cache-hardening",
  controls: [
    "ElastiCache.1",
    "ElastiCache.4",
    "ElastiCache.5",
    "ElastiCache.6",
    "CKV_AWS_29",
    "CKV_AWS_30",
    "CKV_AWS_31",
    "CKV_AWS_191",
    "CKV_AWS_201",
    "CKV_AWS_202",
  ],
  description: "Caches are encrypted at rest and on their way, sign their clients in, and are backed up",
  types: ["aws_elasticache_replication_group", "aws_memorydb_cluster"],
  check: ({ type, attributes }, { facts }) => [
    ...(type === "aws_memorydb_cluster"
      ? memoryDatabase(attributes)
      : [...atRest(attributes), ...inTransit(attributes)]),
    ...findingIf(
      facts.protection && Number(attributes["snapshot_retention_limit"] ?? 0) < LEAST_RETENTION,
      `snapshot_retention_limit ${show(attributes["snapshot_retention_limit"])}`,
      `at least ${LEAST_RETENTION}`,
    ),
  ],
};

type Attributes = AuditedResource["attributes"];

function atRest({ at_rest_encryption_enabled: encrypted, kms_key_id: key }: Attributes): Finding[] {
  return findingIf(
    String(encrypted) !== "true" || key === undefined,
    `at_rest_encryption_enabled ${show(encrypted)}, kms_key_id ${show(key)}`,
    "at_rest_encryption_enabled true, under a customer key",
  );
}

/** It is encrypted at rest always; the question is by whose key. */
function memoryDatabase({ kms_key_arn: key, tls_enabled: tls, acl_name: acl }: Attributes): Finding[] {
  return [
    ...findingIf(key === undefined, "kms_key_arn nothing", "kms_key_arn, a customer key"),
    ...findingIf(tls === false, "tls_enabled false", "tls_enabled true"),
    ...findingIf(acl === "open-access", "acl_name open-access", "acl_name of a list of users"),
  ];
}

function inTransit(attributes: Attributes): Finding[] {
  const { transit_encryption_enabled: enabled, transit_encryption_mode: mode } = attributes;
  const { user_group_ids: users, auth_token: token } = attributes;
  const forced = enabled === true && mode === "required";
  return [
    ...findingIf(
      !forced,
      `transit_encryption_enabled ${show(enabled)}, transit_encryption_mode ${show(mode)}`,
      "transit_encryption_enabled true, transit_encryption_mode required",
    ),
    // Without TLS there is nobody to know: the one finding says both.
    ...findingIf(
      forced && (users === undefined || token !== undefined),
      token === undefined ? "no user_group_ids" : "an auth_token (not shown)",
      "user_group_ids, whose users sign in by IAM",
    ),
  ];
}

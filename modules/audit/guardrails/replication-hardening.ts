import type { AuditedResource } from "../audited-stack";
import { findingIf, type Finding, type Guardrail } from "../guardrail";
import { block, isExpression, record, show } from "../values";

const INLINE = ["username", "password", "server_name", "port"] as const;

/** Replications are private and encrypted, and their ends are entered with a secret, over TLS. */
export const replicationHardening: Guardrail = {
  id: "replication-hardening",
  controls: [
    "DMS.1",
    "DMS.6",
    "DMS.7",
    "DMS.8",
    "DMS.9",
    "CKV_AWS_89",
    "CKV_AWS_212",
    "CKV_AWS_222",
    "CKV_AWS_296",
  ],
  description:
    "Replications of DMS are private, under a customer key, of a pinned version, and log; their ends use secrets and TLS",
  types: [
    "aws_dms_endpoint",
    "aws_dms_replication_config",
    "aws_dms_replication_instance",
    "aws_dms_replication_task",
  ],
  check: (resource) => {
    switch (resource.type) {
      case "aws_dms_endpoint":
        return endpoint(resource);
      case "aws_dms_replication_instance":
        return instance(resource);
      case "aws_dms_replication_config":
        return [
          ...keyed(block(resource.attributes["compute_config"])["kms_key_id"], "compute_config.kms_key_id"),
          ...logged(resource.attributes["replication_settings"]),
          ...unstarted(resource.attributes["start_replication"], "start_replication"),
        ];
      default:
        return [
          ...logged(resource.attributes["replication_task_settings"]),
          ...unstarted(resource.attributes["start_replication_task"], "start_replication_task"),
        ];
    }
  },
};

function endpoint({ attributes }: AuditedResource): Finding[] {
  const inline = INLINE.filter((argument) => attributes[argument] !== undefined);
  return [
    ...findingIf(
      inline.length > 0 || attributes["secrets_manager_arn"] === undefined,
      inline.length > 0
        ? `${inline.join(", ")} (not shown), which stay in the state`
        : "no secrets_manager_arn",
      "secrets_manager_arn alone",
    ),
    ...findingIf(
      attributes["ssl_mode"] === undefined || attributes["ssl_mode"] === "none",
      `ssl_mode ${show(attributes["ssl_mode"])}`,
      "require, verify-ca or verify-full",
    ),
    ...keyed(attributes["kms_key_arn"], "kms_key_arn"),
  ];
}

function instance({ attributes }: AuditedResource): Finding[] {
  const {
    publicly_accessible: open,
    engine_version: version,
    auto_minor_version_upgrade: upgrades,
  } = attributes;
  return [
    ...findingIf(open !== false, `publicly_accessible ${show(open)}`, "publicly_accessible false"),
    ...findingIf(
      version === undefined || upgrades !== false,
      `engine_version ${show(version)}, auto_minor_version_upgrade ${show(upgrades)}`,
      "a version that is written, and no other while data moves",
    ),
    ...keyed(attributes["kms_key_arn"], "kms_key_arn"),
  ];
}

const keyed = (key: unknown, argument: string): Finding[] =>
  findingIf(key === undefined || key === "", `no ${argument}`, `${argument}, a customer key`);

const unstarted = (started: unknown, argument: string): Finding[] =>
  findingIf(started === true, `${argument} true`, `${argument} false: slipway migrate starts it`);

function logged(settings: unknown): Finding[] {
  if (isExpression(settings)) return [];
  const logging = record(record(parsed(settings))["Logging"]);
  return findingIf(
    logging["EnableLogging"] !== true,
    "settings without Logging",
    "Logging.EnableLogging true",
  );
}

function parsed(text: unknown): unknown {
  try {
    return typeof text === "string" ? JSON.parse(text) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

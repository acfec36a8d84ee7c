import type { AuditedResource } from "../audited-stack";
import { containersOf } from "../containers";
import { findingIf, type Finding, type Guardrail } from "../guardrail";
import { block, blocks, isExpression, record } from "../values";

const SECRET_NAME = /(^|_)(PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|CREDENTIALS?)$/i;
const SECRET_VALUE =
  /\b(AKIA|ASIA)[A-Z0-9]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY-----|:\/\/[^/\s:@{}]+:[^/\s:@{}]+@|\bgh[pousr]_[A-Za-z0-9]{30,}/;
/** What a write-only argument holds while nobody has set the secret. */
const PLACEHOLDER = "unset";

/** Arguments that hold a secret and keep it in the state; each has a way without. */
const KEPT_IN_STATE: Readonly<Record<string, { readonly argument: string; readonly instead: string }>> = {
  aws_db_instance: { argument: "password", instead: "manage_master_user_password" },
  aws_dms_endpoint: { argument: "password", instead: "secrets_manager_arn" },
  aws_docdb_cluster: { argument: "master_password", instead: "manage_master_user_password" },
  aws_elasticache_replication_group: { argument: "auth_token", instead: "user_group_ids" },
  aws_rds_cluster: { argument: "master_password", instead: "manage_master_user_password" },
  aws_redshift_cluster: { argument: "master_password", instead: "manage_master_password" },
  aws_secretsmanager_secret_version: { argument: "secret_string", instead: "secret_string_wo" },
};

/** What is in the synthesized JSON is readable in code, plan, state and console. */
export const noLiteralSecret: Guardrail = {
  id: "no-literal-secret",
  controls: ["ECS.8", "CKV_AWS_45", "CKV_AWS_46"],
  description:
    "No secret in clear: neither in environments of containers and functions, nor in parameters and stores",
  types: [
    "aws_codebuild_project",
    "aws_ecs_task_definition",
    "aws_lambda_function",
    "aws_ssm_parameter",
    ...Object.keys(KEPT_IN_STATE),
  ],
  check: (resource) => [
    ...environmentOf(resource).flatMap(([name, value]) =>
      findingIf(
        (SECRET_NAME.test(name) && value !== "") || SECRET_VALUE.test(value),
        `environment variable ${name} with a value that looks like a secret (not shown)`,
        "plain settings; secrets by reference (secrets.valueFrom for containers)",
      ),
    ),
    ...stored(resource),
  ],
};

function environmentOf({ type, attributes }: AuditedResource): [string, string][] {
  switch (type) {
    case "aws_ecs_task_definition":
      return (containersOf(attributes["container_definitions"]) ?? []).flatMap(({ environment }) =>
        blocks(environment).map(({ name, value }): [string, string] => [String(name), String(value)]),
      );
    case "aws_lambda_function":
      return Object.entries(record(block(attributes["environment"])["variables"])).map(([name, value]) => [
        name,
        String(value),
      ]);
    case "aws_codebuild_project":
      return blocks(block(attributes["environment"])["environment_variable"])
        .filter((variable) => variable["type"] === undefined || variable["type"] === "PLAINTEXT")
        .map(({ name, value }) => [String(name), String(value)]);
    default:
      return [];
  }
}

function stored({ type, attributes }: AuditedResource): Finding[] {
  const kept = KEPT_IN_STATE[type];
  if (kept !== undefined)
    return [
      ...findingIf(
        attributes[kept.argument] !== undefined,
        `${kept.argument} (not shown), which stays in the state`,
        `${kept.instead}, so that no state and no plan holds it`,
      ),
      ...writeOnly(attributes[`${kept.argument}_wo`], `${kept.argument}_wo`),
    ];
  if (type !== "aws_ssm_parameter") return [];
  const values = [attributes["value"], attributes["insecure_value"]].filter((value) => value !== undefined);
  const parameter = String(attributes["name"]).replaceAll(/[^A-Za-z0-9]+/g, "_");
  return [
    ...findingIf(
      attributes["type"] === "SecureString" && values.length > 0,
      "a SecureString with a value (not shown), which stays in the state",
      "value_wo, with the value set from outside",
    ),
    ...findingIf(
      attributes["type"] !== "SecureString" &&
        values.some(
          (value) =>
            SECRET_VALUE.test(String(value)) || (SECRET_NAME.test(parameter) && !isExpression(value)),
        ),
      "a value that looks like a secret (not shown) in a parameter that is not encrypted",
      "type SecureString with value_wo, or a secret in Secrets Manager",
    ),
    ...writeOnly(attributes["value_wo"], "value_wo"),
  ];
}

/** Write-only keeps a value out of the state, not out of the synthesized JSON. */
const writeOnly = (value: unknown, argument: string): Finding[] =>
  findingIf(
    value !== undefined && value !== PLACEHOLDER && !isExpression(value),
    `${argument} with a literal (not shown), readable in the synthesized JSON`,
    `"${PLACEHOLDER}" until the value is set from outside`,
  );

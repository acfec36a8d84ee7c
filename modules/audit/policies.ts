import type { AuditedResource, AuditedStack } from "./audited-stack";
import { blocks, record, strings, withoutExpressions, type Attributes } from "./values";

/** A statement of a policy, whichever way it was written. */
export interface PolicyStatement {
  readonly sid: string;
  readonly effect: string;
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly resources: readonly string[];
  readonly notResources: readonly string[];
  readonly principals: readonly { readonly type: string; readonly identifiers: readonly string[] }[];
  readonly notPrincipals: boolean;
  readonly conditions: readonly {
    readonly test: string;
    readonly variable: string;
    readonly values: readonly string[];
  }[];
}

/** A policy of a resource: its statements, or why nobody can read them. */
export interface Policy {
  readonly statements: readonly PolicyStatement[];
  readonly unreadable?: string;
}

/** Types that grant something to an identity, and the arguments that hold their policy. */
const IDENTITY_POLICIES: Readonly<Record<string, string>> = {
  aws_iam_group_policy: "policy",
  aws_iam_policy: "policy",
  aws_iam_role: "inline_policy",
  aws_iam_role_policy: "policy",
  aws_iam_user_policy: "policy",
  aws_ssoadmin_permission_set_inline_policy: "inline_policy",
};

/** Types whose policy says who may use them. */
const RESOURCE_POLICIES: Readonly<Record<string, string>> = {
  aws_api_gateway_rest_api: "policy",
  aws_api_gateway_rest_api_policy: "policy",
  aws_backup_vault_policy: "policy",
  aws_cloudwatch_event_bus_policy: "policy",
  aws_cloudwatch_log_destination_policy: "access_policy",
  aws_cloudwatch_log_resource_policy: "policy_document",
  aws_codeartifact_domain_permissions_policy: "policy_document",
  aws_dynamodb_resource_policy: "policy",
  aws_ecr_registry_policy: "policy",
  aws_ecr_repository_creation_template: "repository_policy",
  aws_ecr_repository_policy: "policy",
  aws_efs_file_system_policy: "policy",
  aws_iam_role: "assume_role_policy",
  aws_kinesis_resource_policy: "policy",
  aws_kms_key: "policy",
  aws_kms_key_policy: "policy",
  aws_opensearch_domain: "access_policies",
  aws_opensearch_domain_policy: "access_policies",
  aws_s3_access_point: "policy",
  aws_s3_bucket: "policy",
  aws_s3_bucket_policy: "policy",
  aws_secretsmanager_secret: "policy",
  aws_secretsmanager_secret_policy: "policy",
  aws_sns_topic: "policy",
  aws_sns_topic_policy: "policy",
  aws_sqs_queue: "policy",
  aws_sqs_queue_policy: "policy",
  aws_vpc_endpoint: "policy",
  aws_vpc_endpoint_policy: "policy",
};

export const IDENTITY_POLICY_TYPES = Object.keys(IDENTITY_POLICIES);
export const RESOURCE_POLICY_TYPES = Object.keys(RESOURCE_POLICIES);

/** What an identity is granted by a resource; nothing by a policy that is only ever a permissions boundary. */
export function identityPolicies(resource: AuditedResource, stack: AuditedStack): readonly Policy[] {
  const argument = IDENTITY_POLICIES[resource.type];
  if (argument === undefined || isBoundaryOnly(resource, stack)) return [];
  const value = resource.attributes[argument];
  return resource.type === "aws_iam_role"
    ? blocks(value).map(({ policy }) => readPolicy(policy, stack))
    : [readPolicy(value, stack)];
}

/** The policy that says who may use a resource. */
export function resourcePolicy(resource: AuditedResource, stack: AuditedStack): Policy {
  return readPolicy(resource.attributes[RESOURCE_POLICIES[resource.type] ?? ""], stack);
}

export const allows = (policy: Policy): readonly PolicyStatement[] =>
  policy.statements.filter(({ effect }) => effect === "Allow");

/** Whether a statement's actions include an action. */
export function includesAction({ actions, notActions }: PolicyStatement, action: string): boolean {
  if (notActions.length > 0) return !notActions.some((pattern) => matches(pattern, action));
  return actions.some((pattern) => matches(pattern, action));
}

/** Whether a statement is about every resource there is. */
export const everyResource = ({ resources, notResources }: PolicyStatement): boolean =>
  notResources.length > 0 || resources.some((resource) => /^[*:]*\*[*:]*$/.test(resource));

/** The values to which a condition narrows a variable; operators that a missing key satisfies narrow nothing. */
export function narrowedTo(statement: PolicyStatement, variable: string): readonly string[] {
  return statement.conditions
    .filter(
      (condition) =>
        condition.variable.toLowerCase() === variable.toLowerCase() &&
        /^(ForAnyValue:)?(StringEquals|StringLike|StringEqualsIgnoreCase|ArnEquals|ArnLike)$/i.test(
          condition.test,
        ),
    )
    .filter(({ values }) => !values.some((value) => /^\**$/.test(value)))
    .flatMap(({ values }) => values);
}

/** A statement's name for an error message. */
export const nameOf = ({ sid }: PolicyStatement): string =>
  sid === "" ? "a statement without a sid" : `statement ${sid}`;

function isBoundaryOnly(policy: AuditedResource, stack: AuditedStack): boolean {
  if (policy.type !== "aws_iam_policy") return false;
  const isThis = (value: unknown) => stack.follow(value) === policy;
  return (
    ["aws_iam_role", "aws_iam_user"].some((type) =>
      stack.ofType(type).some(({ attributes }) => isThis(attributes["permissions_boundary"])),
    ) &&
    !ATTACHMENT_TYPES.some((type) =>
      stack.ofType(type).some(({ attributes }) => isThis(attributes["policy_arn"])),
    )
  );
}

export const ATTACHMENT_TYPES = [
  "aws_iam_group_policy_attachment",
  "aws_iam_policy_attachment",
  "aws_iam_role_policy_attachment",
  "aws_iam_user_policy_attachment",
] as const;

function readPolicy(value: unknown, stack: AuditedStack): Policy {
  if (value === undefined) return { statements: [] };
  const source = stack.follow(value);
  if (source?.type === "data.aws_iam_policy_document") return readDocument(source, stack);
  if (typeof value !== "string" || /^\$\{[^}]*\}$/.test(value))
    return { statements: [], unreadable: `${String(value)}, a policy that only an apply tells` };
  try {
    const parsed = record(JSON.parse(withoutExpressions(value)));
    return { statements: asList(parsed["Statement"]).map((item) => fromJson(record(item))) };
  } catch {
    return { statements: [], unreadable: "a policy that is not JSON" };
  }
}

function readDocument(source: AuditedResource, stack: AuditedStack): Policy {
  const { attributes } = source;
  const merged = ["source_policy_documents", "override_policy_documents"].flatMap((argument) =>
    strings(attributes[argument]).map((value) => readPolicy(value, stack)),
  );
  const unreadable =
    attributes["dynamic"] === undefined
      ? merged.find((policy) => policy.unreadable !== undefined)?.unreadable
      : `${source.address} with a dynamic block`;
  return {
    statements: [
      ...blocks(attributes["statement"]).map(fromDocument),
      ...merged.flatMap(({ statements }) => statements),
    ],
    ...(unreadable === undefined ? {} : { unreadable }),
  };
}

function fromDocument(statement: Attributes): PolicyStatement {
  return {
    sid: String(statement["sid"] ?? ""),
    effect: String(statement["effect"] ?? "Allow"),
    actions: strings(statement["actions"]),
    notActions: strings(statement["not_actions"]),
    resources: strings(statement["resources"]),
    notResources: strings(statement["not_resources"]),
    principals: blocks(statement["principals"]).map(({ type, identifiers }) => ({
      type: String(type),
      identifiers: strings(identifiers),
    })),
    notPrincipals: blocks(statement["not_principals"]).length > 0,
    conditions: blocks(statement["condition"]).map(({ test, variable, values }) => ({
      test: String(test),
      variable: String(variable),
      values: strings(values),
    })),
  };
}

function fromJson(statement: Attributes): PolicyStatement {
  const principal = statement["Principal"];
  return {
    sid: String(statement["Sid"] ?? ""),
    effect: String(statement["Effect"] ?? "Allow"),
    actions: strings(statement["Action"]),
    notActions: strings(statement["NotAction"]),
    resources: strings(statement["Resource"]),
    notResources: strings(statement["NotResource"]),
    principals:
      typeof principal === "string"
        ? [{ type: principal, identifiers: [principal] }]
        : Object.entries(record(principal)).map(([type, value]) => ({ type, identifiers: strings(value) })),
    notPrincipals: statement["NotPrincipal"] !== undefined,
    conditions: Object.entries(record(statement["Condition"])).flatMap(([test, variables]) =>
      Object.entries(record(variables)).map(([variable, values]) => ({
        test,
        variable,
        values: strings(values),
      })),
    ),
  };
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

/** IAM's wildcards: `*` is any text, `?` any character; case does not count in actions. */
function matches(pattern: string, action: string): boolean {
  if (!/[*?]/.test(pattern)) return pattern.toLowerCase() === action.toLowerCase();
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "i").test(action);
}

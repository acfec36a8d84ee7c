import type { AuditedResource, AuditedStack } from "../audited-stack";
import type { Guardrail } from "../guardrail";
import {
  allows,
  narrowedTo,
  nameOf,
  RESOURCE_POLICY_TYPES,
  resourcePolicy,
  type PolicyStatement,
} from "../policies";
import { isExpression } from "../values";

/**
 * Services that name no source, so that no condition on one would ever hold: API Gateway, EC2, Lambda, ECS itself (not
 * its tasks), ECR and S3's replication take on only roles of the account that passes them, and EventBridge tells topics
 * nothing.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
 */
const WITHOUT_SOURCE: Readonly<Record<string, readonly string[]>> = {
  aws_iam_role: [
    "apigateway.amazonaws.com",
    "ec2.amazonaws.com",
    "ecr.amazonaws.com",
    "ecs.amazonaws.com",
    "lambda.amazonaws.com",
    "s3.amazonaws.com",
  ],
  aws_sns_topic_policy: ["events.amazonaws.com"],
};

/**
 * Roles that a service looks for by name in the account that it works for, and takes on without naming a source: nobody
 * else can hand them to it. https://repost.aws/knowledge-center/dms-cloudwatch-logs-not-appearing
 */
const KNOWN_BY_NAME: Readonly<Record<string, string>> = {
  "dms-cloudwatch-logs-role": "dms.amazonaws.com",
};

/** What a key is asked for says whose it is, where the asker does not. */
const CONTEXTS = ["aws:logs:arn", "aws:sns:topicArn", "aws:sqs:arn"].map(
  (context) => `kms:EncryptionContext:${context}`,
);

/**
 * A service acts for whoever asks it; the source says for whom.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export const confusedDeputy: Guardrail = {
  id: "confused-deputy",
  controls: ["IAM.27", "CKV_AWS_364"],
  description: "What a service may do, it may for this account or organization only",
  types: [...RESOURCE_POLICY_TYPES, "aws_lambda_permission"],
  check: (resource, stack) => {
    if (resource.type === "aws_lambda_permission") return lambdaPermission(resource);
    return allows(resourcePolicy(resource, stack)).flatMap((statement) => {
      const services = statement.principals
        .filter(({ type }) => type === "Service")
        .flatMap(({ identifiers }) => identifiers)
        .filter((service) => !(WITHOUT_SOURCE[resource.type] ?? []).includes(service))
        .filter((service) => resource.type !== "aws_iam_role" || knownByName(resource) !== service);
      return services.length === 0 || isNarrowed(statement, stack)
        ? []
        : [
            {
              given: `${nameOf(statement)} lets ${services.join(", ")} act for anyone`,
              allowed:
                "a condition on aws:SourceAccount, aws:SourceArn or aws:SourceOrgID that names this account or organization (on a key: the encryption context of CloudWatch Logs, SNS or SQS)",
            },
          ];
    });
  },
};

const knownByName = ({ attributes }: AuditedResource) => KNOWN_BY_NAME[String(attributes["name"])];

function isNarrowed(statement: PolicyStatement, stack: AuditedStack): boolean {
  const { organizationAccounts } = stack.facts;
  const accounts = narrowedTo(statement, "aws:SourceAccount");
  const arns = [
    ...narrowedTo(statement, "aws:SourceArn"),
    ...CONTEXTS.flatMap((context) => narrowedTo(statement, context)),
  ];
  return (
    (accounts.length > 0 && accounts.every((account) => organizationAccounts.includes(account))) ||
    (arns.length > 0 && arns.every((arn) => namesOurs(arn, stack))) ||
    narrowedTo(statement, "aws:SourceOrgID").length > 0
  );
}

/** Whether an ARN is this stack's, an account's of ours, or names one resource of a kind whose ARNs hold no account. */
function namesOurs(arn: string, stack: AuditedStack): boolean {
  if (isExpression(arn)) return stack.follow(arn) !== undefined;
  const [, , , , account = "", ...rest] = arn.split(":");
  if (account !== "") return stack.facts.organizationAccounts.includes(account);
  return rest.length > 0 && !/^[*?]/.test(rest.join(":"));
}

function lambdaPermission({ attributes }: AuditedResource) {
  const { principal, source_account: account, source_arn: arn, principal_org_id: organization } = attributes;
  const service = String(principal).endsWith(".amazonaws.com");
  const open = service
    ? account === undefined && arn === undefined
    : principal === "*" && organization === undefined;
  return open
    ? [{ given: `principal ${String(principal)} without a source`, allowed: "source_arn or source_account" }]
    : [];
}

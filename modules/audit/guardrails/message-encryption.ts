import type { AuditedResource, AuditedStack } from "../audited-stack";
import { findingIf, type Guardrail } from "../guardrail";
import { includesAction, resourcePolicy } from "../policies";
import { show } from "../values";

/** What AWS calls the policy of each, and how the policy names what it belongs to; the action that must not go in clear. */
const POLICIES: Readonly<Record<string, { type: string; argument: string; action: string }>> = {
  aws_sqs_queue: { type: "aws_sqs_queue_policy", argument: "queue_url", action: "sqs:SendMessage" },
  aws_sns_topic: { type: "aws_sns_topic_policy", argument: "arn", action: "sns:Publish" },
};

/**
 * What services tell each other is as good as their data.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html
 */
export const messageEncryption: Guardrail = {
  id: "message-encryption",
  controls: ["SNS.1", "SQS.1", "CKV_AWS_26", "CKV_AWS_27"],
  description: "Queues and topics are encrypted with a customer key and take nothing without TLS",
  types: Object.keys(POLICIES),
  check: (resource, stack) => {
    const key = resource.attributes["kms_master_key_id"];
    const action = POLICIES[resource.type]?.action ?? "";
    return [
      ...findingIf(
        key === undefined || key === "" || String(key).includes("alias/aws/"),
        `kms_master_key_id ${show(key)}`,
        "a customer key, whose policy says who reads",
      ),
      ...findingIf(
        !refusesPlainHttp(resource, stack),
        `no policy that refuses ${action} without TLS`,
        `a Deny of ${action} for everyone when aws:SecureTransport is false`,
      ),
    ];
  },
};

function refusesPlainHttp(resource: AuditedResource, stack: AuditedStack): boolean {
  const { type = "", argument = "", action = "" } = POLICIES[resource.type] ?? {};
  return stack
    .ofType(type)
    .filter(({ attributes }) => stack.follow(attributes[argument]) === resource)
    .flatMap((policy) => resourcePolicy(policy, stack).statements)
    .some(
      (statement) =>
        statement.effect === "Deny" &&
        includesAction(statement, action) &&
        statement.principals.some(({ identifiers }) => identifiers.includes("*")) &&
        statement.conditions.length === 1 &&
        statement.conditions.every(
          ({ test, variable, values }) =>
            test === "Bool" && variable.toLowerCase() === "aws:securetransport" && values.join() === "false",
        ),
    );
}

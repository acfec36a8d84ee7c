import type { AuditedResource, AuditedStack } from "../audited-stack";
import type { Guardrail } from "../guardrail";

/** Types whose reference to a queue makes it one of those that need no dead-letter queue, or gives it one. */
const REDRIVE = "aws_sqs_queue_redrive_policy";
const REDRIVE_ALLOW = "aws_sqs_queue_redrive_allow_policy";

/**
 * A message that nobody can handle comes back until it is too old, and takes its place from others.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
 */
export const deadLetters: Guardrail = {
  id: "dead-letters",
  controls: [],
  description:
    "Every queue gives up on a message in the end, into a queue that says whose dead letters it takes",
  types: ["aws_sqs_queue"],
  check: (queue, stack) =>
    queue.attributes["redrive_policy"] !== undefined ||
    isNamed(queue, REDRIVE, stack) ||
    isNamed(queue, REDRIVE_ALLOW, stack) ||
    queue.attributes["redrive_allow_policy"] !== undefined
      ? []
      : [
          {
            given: "a queue without redrive_policy, in which no other leaves its dead letters",
            allowed: "a redrive_policy; or, on a dead-letter queue, a redrive_allow_policy",
          },
        ],
};

const isNamed = (queue: AuditedResource, type: string, stack: AuditedStack) =>
  stack.ofType(type).some(({ attributes }) => stack.follow(attributes["queue_url"]) === queue);

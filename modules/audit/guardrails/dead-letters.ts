import type { AuditedResource, AuditedStack } from "../audited-stack";
import type { Guardrail } from "../guardrail";
import { block, type Attributes } from "../values";

/** Types that give a queue its dead-letter queue, or say whose dead letters it takes. */
const REDRIVES = ["aws_sqs_queue_redrive_policy", "aws_sqs_queue_redrive_allow_policy"];

/** Where others leave what failed: queues named there are the end themselves. */
const ENDS: Readonly<Record<string, (attributes: Attributes) => unknown>> = {
  aws_cloudwatch_event_target: (target) => block(target["dead_letter_config"])["arn"],
  aws_lambda_function: (made) => block(made["dead_letter_config"])["target_arn"],
  aws_lambda_function_event_invoke_config: (config) =>
    block(block(config["destination_config"])["on_failure"])["destination"],
  aws_scheduler_schedule: (schedule) => block(block(schedule["target"])["dead_letter_config"])["arn"],
};

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
    queue.attributes["redrive_allow_policy"] !== undefined ||
    REDRIVES.some((type) => names(queue, type, ({ queue_url: url }) => url, stack)) ||
    Object.entries(ENDS).some(([type, end]) => names(queue, type, end, stack))
      ? []
      : [
          {
            given: "a queue without redrive_policy, in which nobody leaves dead letters",
            allowed: "a redrive_policy; or, on a dead-letter queue, a redrive_allow_policy",
          },
        ],
};

/** Whether a resource of the type refers to the queue there. */
const names = (
  queue: AuditedResource,
  type: string,
  argument: (attributes: Attributes) => unknown,
  stack: AuditedStack,
) => stack.ofType(type).some(({ attributes }) => stack.follow(argument(attributes)) === queue);

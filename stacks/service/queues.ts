import * as names from "../../environments/schema/names";
import type { ServiceScalingProps } from "../../modules/compute/service-scaling";
import type { Statement } from "../../modules/identity/policy";
import { read } from "../contract";
import { queueContract } from "../contracts";
import { pascal, variable, type ServiceContext, type ServiceFeature } from "./feature";

/** `QUEUE_CHARGING_EVENTS_URL`. */
export const queueVariable = (queue: string) => `QUEUE_${variable(queue)}_URL`;

/** Queues that a service reads and those that it sends to: their URLs, and what its code may do with each. */
export const queues: ServiceFeature = ({ stack, definition }) => {
  const { consumes, sends } = definition;
  const used = [...new Set([...consumes, ...sends])].sort();
  if (used.length === 0) return {};
  const found = new Map(used.map((name) => [name, read(stack, queueContract(name))]));
  const statements = (queues: readonly string[], statement: (arn: string, name: string) => Statement) =>
    [...new Set(queues)].sort().map((name) => statement(found.get(name)?.arn ?? "", name));
  return {
    environment: Object.fromEntries([...found].map(([name, { url }]) => [queueVariable(name), url])),
    statements: [...statements(consumes, readQueue), ...statements(sends, sendToQueue)],
    keyUsers: ["sqs"],
  };
};

/** What waits for a service, where it scales on it. */
export function backlog({
  stack: { account },
  definition,
}: ServiceContext): Pick<ServiceScalingProps, "backlog"> {
  const { messagesPerTask: perTask } = definition.autoScaling;
  if (perTask === undefined) return {};
  const queueNames = [...new Set(definition.consumes)]
    .sort()
    .map((name) => names.queue(account, name, account.queue?.queues[name]?.fifo ?? false));
  return {
    backlog: { perTask, queueNames, taskCounts: account.capabilities.containerInsights !== "disabled" },
  };
}

const readQueue = (arn: string, name: string): Statement => ({
  sid: `ReceiveFrom${pascal(name)}`,
  actions: [
    "sqs:ChangeMessageVisibility",
    "sqs:DeleteMessage",
    "sqs:GetQueueAttributes",
    "sqs:GetQueueUrl",
    "sqs:ReceiveMessage",
  ],
  resources: [arn],
});

/** What a sender needs, be it a task or a function. */
export const sendToQueue = (arn: string, name: string): Statement => ({
  sid: `SendTo${pascal(name)}`,
  actions: ["sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:SendMessage"],
  resources: [arn],
});

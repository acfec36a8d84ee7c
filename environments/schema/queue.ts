import { z } from "zod";
import { slug } from "./common";

const seconds = (min: number, max: number) => z.number().int().min(min).max(max);

/** An SNS topic: what one service tells, and any number of queues hear. */
const topic = z.strictObject({
  fifo: z.boolean().default(false).describe("Whether messages keep their order. Default: false."),
});

/**
 * An SQS queue with a queue for what nobody could handle.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
 */
const queue = z.strictObject({
  topics: z.array(slug(40)).default([]).describe("Topics whose messages it receives. Default: none."),
  fifo: z.boolean().default(false).describe("Whether messages keep their order. Default: false."),
  visibilityTimeout: seconds(0, 43_200)
    .default(120)
    .describe("Seconds a message stays hidden while somebody works on it. Default: 120."),
  retentionDays: z
    .number()
    .int()
    .min(1)
    .max(14)
    .default(4)
    .describe("Days an unread message is kept; its dead-letter queue keeps 14. Default: 4."),
  delaySeconds: seconds(0, 900).default(0).describe("Seconds before a message can be read. Default: 0."),
  maxReceiveCount: z
    .number()
    .int()
    .min(1)
    .max(1000)
    .default(5)
    .describe("Attempts before a message goes to the dead-letter queue. Default: 5."),
  deadLetterQueue: slug(40)
    .optional()
    .describe("Queue for messages that nobody could handle. Default: one of its own, `<queue>-dead-letter`."),
  external: z
    .enum(["fills", "reads"])
    .optional()
    .describe(
      "That somebody outside the platform `fills` or `reads` it. Default: services and topics do both.",
    ),
  alarmAgeSeconds: seconds(60, 1_209_600)
    .default(900)
    .describe("Age of the oldest message, seconds, at which somebody is told. Default: 900."),
  alarmDepth: z
    .number()
    .int()
    .min(1)
    .default(1000)
    .describe("Waiting messages at which somebody is told. Default: 1000."),
});

/** An Amazon MQ broker, for what speaks JMS, AMQP or MQTT. */
const broker = z.strictObject({
  engine: z.enum(["ActiveMQ", "RabbitMQ"]).default("ActiveMQ").describe("Default: ActiveMQ."),
  engineVersion: z
    .string()
    .regex(/^\d+\.\d+(\.\d+)?$/, "a version such as 5.18")
    .optional()
    .describe("Default: 5.18 for ActiveMQ, 3.13 for RabbitMQ."),
  instanceType: z
    .string()
    .regex(/^mq\.[a-z0-9]+\.[a-z0-9]+$/, "a broker's instance type such as mq.m5.large")
    .default("mq.t3.micro")
    .describe("Default: mq.t3.micro; a broker with a standby needs mq.m5.large."),
});

/** What services say to each other without waiting: topics, queues, brokers. The account's stack `queue`. */
export const messaging = z.strictObject({
  topics: z.record(slug(40), topic).default({}).describe("SNS topics by name. Default: none."),
  queues: z.record(slug(40), queue).default({}).describe("SQS queues by name. Default: none."),
  brokers: z.record(slug(16), broker).default({}).describe("Amazon MQ brokers by name. Default: none."),
});

export type Messaging = z.output<typeof messaging>;
export type Queue = z.output<typeof queue>;
export type Broker = z.output<typeof broker>;

/** Names of the queues that other queues leave their dead letters in. */
export function deadLetterQueuesOf({ queues }: Messaging): Set<string> {
  return new Set(Object.values(queues).flatMap(({ deadLetterQueue }) => deadLetterQueue ?? []));
}

/** A broker's version; patches come by themselves in its maintenance window. */
export const brokerVersion = ({ engine, engineVersion }: Broker) =>
  engineVersion ?? (engine === "ActiveMQ" ? "5.18" : "3.13");

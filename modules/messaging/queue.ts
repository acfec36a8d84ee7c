import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmConfig,
} from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import { SqsQueueRedriveAllowPolicy } from "@cdktf/provider-aws/lib/sqs-queue-redrive-allow-policy";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import {
  arnEquals,
  denyInsecureTransport,
  forService,
  policyDocument,
  type Statement,
} from "../identity/policy";

const DAY = 86_400;
/** The longest that SQS keeps a message; a dead one has to wait for a person. */
const LONGEST_RETENTION = 14 * DAY;

interface Shared {
  /** Name in AWS; a FIFO queue's ends in `.fifo`. */
  readonly queueName: string;
  /** Whether messages keep their order within a group. */
  readonly fifo: boolean;
  /** Key of the account's data, which lets SNS use it for the queue's topics. */
  readonly dataKeyArn: string;
  /** ARNs of the topics whose messages it receives, by a short name. @default none */
  readonly topicArns?: Readonly<Record<string, string>>;
  /** Seconds a message stays hidden while somebody works on it. @default 30, as AWS has it */
  readonly visibilityTimeout?: number;
  /** Seconds before a message can be read. @default 0 */
  readonly delaySeconds?: number;
  /** What others may do with it, beside its topics and the refusal of everything without TLS. @default nothing */
  readonly statements?: (queueArn: string) => Statement[];
  /** Who is woken by a dead letter. */
  readonly criticalTopicArn: string;
  /** Whether Terraform refuses to destroy it, and what is in it. */
  readonly protection: boolean;
}

export interface QueueProps extends Shared {
  /** Days an unread message is kept. */
  readonly retentionDays: number;
  /** Where a message goes that was received so often without being deleted. */
  readonly deadLetters: { readonly arn: string; readonly maxReceiveCount: number };
  /** Age of the oldest message, seconds, at which somebody is told. */
  readonly alarmAgeSeconds: number;
  /** Waiting messages at which somebody is told. */
  readonly alarmDepth: number;
  /** Who reads in the morning that the queue grows. */
  readonly warningTopicArn: string;
}

export interface DeadLetterQueueProps extends Shared {
  /** Where its own dead letters go, when somebody reads it. @default nowhere: it is the end */
  readonly deadLetters?: { readonly arn: string; readonly maxReceiveCount: number };
}

/** A queue with its dead letters elsewhere, and alarms on what waits. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-best-practices.html */
export class Queue extends Construct {
  readonly arn: string;
  readonly url: string;

  constructor(scope: Construct, id: string, props: QueueProps) {
    super(scope, id);
    const queue = sqsQueue(this, props, props.retentionDays * DAY, props.deadLetters);
    this.arn = queue.arn;
    this.url = queue.url;
    const warn = { topicArn: props.warningTopicArn, queueName: props.queueName, periods: 5 };
    alarm(this, "old", {
      ...warn,
      metricName: "ApproximateAgeOfOldestMessage",
      threshold: props.alarmAgeSeconds,
      description: `The oldest message of ${props.queueName} has waited too long`,
    });
    alarm(this, "deep", {
      ...warn,
      metricName: "ApproximateNumberOfMessagesVisible",
      threshold: props.alarmDepth,
      description: `Too many messages wait in ${props.queueName}`,
    });
  }
}

/**
 * A queue for what nobody could handle. SQS counts a message's age from its first queue on, so it keeps the longest.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
 */
export class DeadLetterQueue extends Construct {
  readonly arn: string;
  readonly url: string;

  constructor(scope: Construct, id: string, props: DeadLetterQueueProps) {
    super(scope, id);
    const queue = sqsQueue(this, props, LONGEST_RETENTION, props.deadLetters);
    this.arn = queue.arn;
    this.url = queue.url;
    alarm(this, "not_empty", {
      queueName: props.queueName,
      metricName: "ApproximateNumberOfMessagesVisible",
      threshold: 0,
      periods: 1,
      description: `${props.queueName} holds messages that nobody could handle`,
      topicArn: props.criticalTopicArn,
    });
  }

  /**
   * Lets only these queues leave dead letters here; none where services of AWS do. Apart, since they refer to this
   * one themselves.
   */
  accept(sourceQueueArns: readonly string[]): void {
    new SqsQueueRedriveAllowPolicy(this, "sources", {
      queueUrl: this.url,
      redriveAllowPolicy: Fn.jsonencode(
        sourceQueueArns.length === 0
          ? { redrivePermission: "denyAll" }
          : { redrivePermission: "byQueue", sourceQueueArns },
      ),
    });
  }
}

function sqsQueue(
  scope: Construct,
  props: Shared,
  retentionSeconds: number,
  deadLetters: QueueProps["deadLetters"] | undefined,
): SqsQueue {
  const { fifo, topicArns = {} } = props;
  const queue = new SqsQueue(scope, "queue", {
    name: props.queueName,
    // Senders that give no deduplication id are told apart by what they say.
    ...(fifo ? { fifoQueue: true, contentBasedDeduplication: true } : {}),
    kmsMasterKeyId: props.dataKeyArn,
    messageRetentionSeconds: retentionSeconds,
    visibilityTimeoutSeconds: props.visibilityTimeout ?? 30,
    delaySeconds: props.delaySeconds ?? 0,
    // The longest poll: fewer empty answers to pay for.
    receiveWaitTimeSeconds: 20,
    ...(deadLetters === undefined
      ? {}
      : {
          redrivePolicy: Fn.jsonencode({
            deadLetterTargetArn: deadLetters.arn,
            maxReceiveCount: deadLetters.maxReceiveCount,
          }),
        }),
    lifecycle: { preventDestroy: props.protection },
  });
  const topics = Object.entries(topicArns);
  const policy = new SqsQueuePolicy(scope, "policy", {
    queueUrl: queue.url,
    policy: policyDocument(scope, "policy_document", [
      denyInsecureTransport([queue.arn], "sqs:*"),
      ...(topics.length === 0
        ? []
        : [
            {
              sid: "TopicsSend",
              actions: ["sqs:SendMessage"],
              resources: [queue.arn],
              principals: forService("sns.amazonaws.com"),
              condition: [arnEquals("aws:SourceArn", ...topics.map(([, arn]) => arn))],
            },
          ]),
      ...(props.statements?.(queue.arn) ?? []),
    ]).json,
  });
  for (const [name, topicArn] of topics) {
    new SnsTopicSubscription(scope, `topic_${name}`, {
      topicArn,
      protocol: "sqs",
      endpoint: queue.arn,
      rawMessageDelivery: true,
      dependsOn: [policy],
    });
  }
  return queue;
}

interface QueueAlarm {
  readonly queueName: string;
  readonly metricName: string;
  readonly threshold: number;
  /** Minutes in a row. */
  readonly periods: number;
  readonly description: string;
  readonly topicArn: string;
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html */
function alarm(scope: Construct, name: string, props: QueueAlarm): void {
  const config: CloudwatchMetricAlarmConfig = {
    alarmName: `${props.queueName}-${name.replaceAll("_", "-")}`,
    alarmDescription: props.description,
    namespace: "AWS/SQS",
    metricName: props.metricName,
    dimensions: { QueueName: props.queueName },
    statistic: "Maximum",
    period: 60,
    evaluationPeriods: props.periods,
    comparisonOperator: "GreaterThanThreshold",
    threshold: props.threshold,
    treatMissingData: "notBreaching",
    alarmActions: [props.topicArn],
    okActions: [props.topicArn],
  };
  new CloudwatchMetricAlarm(scope, name, config);
}

import { CloudwatchLogResourcePolicy } from "@cdktf/provider-aws/lib/cloudwatch-log-resource-policy";
import type { Construct } from "constructs";
import * as names from "../environments/schema/names";
import { brokerVersion, deadLetterQueuesOf, type Messaging } from "../environments/schema/queue";
import { arnLike, forService, policyDocument, stringEquals } from "../modules/identity/policy";
import { Broker } from "../modules/messaging/broker";
import { DeadLetterQueue, Queue } from "../modules/messaging/queue";
import { Topic } from "../modules/messaging/topic";
import { publish, read } from "./contract";
import {
  brokerContract,
  keysContract,
  queueContract,
  topicContract,
  topicsContract,
  vpcContract,
} from "./contracts";
import { CompositionError } from "./errors";
import { PlatformStack, type PlatformStackProps } from "./platform-stack";
import type { StackKind } from "./stack-kind";

/** What services say to each other without waiting: topics, queues and brokers. */
export class QueueStack extends PlatformStack {
  private readonly messaging: Messaging;
  private readonly dataKeyArn = read(this, keysContract).dataKeyArn;
  private readonly alarms = read(this, topicsContract);

  constructor(
    scope: Construct,
    props: Omit<PlatformStackProps, "concern"> & { readonly messaging: Messaging },
  ) {
    super(scope, { ...props, concern: "queue" });
    this.messaging = props.messaging;
    this.addQueues(this.addTopics());
    this.addBrokers();
  }

  private addTopics(): Map<string, string> {
    return new Map(
      sorted(this.messaging.topics).map(([name, { fifo }]): [string, string] => {
        const { arn } = new Topic(this, `topic_${identifier(name)}`, {
          topicName: names.topic(this.account, name, fifo),
          fifo,
          dataKeyArn: this.dataKeyArn,
          criticalTopicArn: this.alarms.criticalTopicArn,
        });
        publish(this, topicContract(name), { arn });
        return [name, arn];
      }),
    );
  }

  private addQueues(topicArns: ReadonlyMap<string, string>): void {
    const ends = deadLetterQueuesOf(this.messaging);
    const made = new Map<string, Queue | DeadLetterQueue>();
    const sources = new Map<DeadLetterQueue, string[]>();
    for (const [name] of sorted(this.messaging.queues)) this.queue(name, { topicArns, ends, made, sources });
    for (const [target, arns] of sources) target.accept(arns);
    for (const [name, { arn, url }] of sorted(Object.fromEntries(made)))
      publish(this, queueContract(name), { arn, url });
  }

  /** A queue, after the one that its dead letters go to. */
  private queue(name: string, context: QueueContext): Queue | DeadLetterQueue {
    const { account, messaging, dataKeyArn, alarms, protection } = this;
    const definition = messaging.queues[name];
    if (definition === undefined) throw new CompositionError(`${account.name} has no queue ${name}`);
    const { ends, made, sources, topicArns } = context;
    const found = made.get(name);
    if (found !== undefined) return found;
    const id = `queue_${identifier(name)}`;
    const { fifo, deadLetterQueue, maxReceiveCount, visibilityTimeout, delaySeconds } = definition;
    const common = { fifo, dataKeyArn, criticalTopicArn: alarms.criticalTopicArn, protection };
    const shared = {
      ...common,
      queueName: names.queue(account, name, fifo),
      topicArns: Object.fromEntries(
        definition.topics.map((topic) => [identifier(topic), topicArns.get(topic) ?? ""]),
      ),
      visibilityTimeout,
      delaySeconds,
    };
    const own = () =>
      new DeadLetterQueue(this, `${id}_dead_letter`, {
        ...common,
        queueName: names.queue(account, names.deadLetterQueue(name), fifo),
      });
    const isEnd = ends.has(name);
    const named = deadLetterQueue === undefined ? undefined : this.queue(deadLetterQueue, context);
    const target = named ?? (isEnd ? undefined : own());
    const deadLetters = target === undefined ? undefined : { arn: target.arn, maxReceiveCount };
    const queue =
      isEnd || deadLetters === undefined
        ? new DeadLetterQueue(this, id, { ...shared, deadLetters })
        : new Queue(this, id, {
            ...shared,
            retentionDays: definition.retentionDays,
            deadLetters,
            alarmAgeSeconds: definition.alarmAgeSeconds,
            alarmDepth: definition.alarmDepth,
            warningTopicArn: alarms.warningTopicArn,
          });
    if (target instanceof DeadLetterQueue) sources.set(target, [...(sources.get(target) ?? []), queue.arn]);
    made.set(name, queue);
    return queue;
  }

  private addBrokers(): void {
    const { account, messaging, dataKeyArn, alarms, protection } = this;
    const brokers = sorted(messaging.brokers);
    if (brokers.length === 0) return;
    const vpc = read(this, vpcContract);
    const logs = brokers.some(([, { engine }]) => engine === "ActiveMQ") ? this.brokersMayLog() : undefined;
    for (const [name, definition] of brokers) {
      const { endpoints, secretArn, clients } = new Broker(this, `broker_${identifier(name)}`, {
        brokerName: names.broker(account, name),
        engine: definition.engine,
        engineVersion: brokerVersion(definition),
        instanceType: definition.instanceType,
        multiAz: account.capabilities.multiAz,
        vpcId: vpc.vpcId,
        subnetIds: vpc.isolatedSubnetIds,
        zoneCount: account.network?.availabilityZones.length ?? 1,
        dataKeyArn,
        secretName: names.secretName(account, names.brokerSecret(name)),
        recoveryWindowInDays: account.capabilities.secretRecoveryDays,
        warningTopicArn: alarms.warningTopicArn,
        ...(logs === undefined || definition.engine !== "ActiveMQ" ? {} : { dependsOn: [logs] }),
        protection,
      });
      publish(this, brokerContract(name), { endpoints, secretArn, clientGroupId: clients.id });
    }
  }

  /** https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/configure-logging-monitoring-activemq.html */
  private brokersMayLog(): CloudwatchLogResourcePolicy {
    const { id, name, region } = this.account;
    return new CloudwatchLogResourcePolicy(this, "broker_logs", {
      policyName: `${name}-amazon-mq`,
      policyDocument: policyDocument(this, "broker_logs_policy", [
        {
          sid: "BrokersLog",
          actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
          resources: [`arn:aws:logs:${region}:${id}:log-group:/aws/amazonmq/*`],
          principals: forService("mq.amazonaws.com"),
          condition: [
            stringEquals("aws:SourceAccount", id),
            arnLike("aws:SourceArn", `arn:aws:mq:${region}:${id}:broker:*`),
          ],
        },
      ]).json,
    });
  }
}

interface QueueContext {
  readonly topicArns: ReadonlyMap<string, string>;
  /** Names of the queues that others leave their dead letters in. */
  readonly ends: ReadonlySet<string>;
  readonly made: Map<string, Queue | DeadLetterQueue>;
  /** ARNs of the queues whose dead letters go there. */
  readonly sources: Map<DeadLetterQueue, string[]>;
}

const identifier = (name: string) => name.replaceAll("-", "_");

function sorted<T>(entries: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1));
}

export const queueStacks: StackKind = (fleet, account) => {
  const { queue: messaging } = account;
  if (messaging === undefined) return [];
  return [
    {
      account,
      concern: "queue",
      build: (scope, options) => new QueueStack(scope, { fleet, account, messaging, ...options }),
    },
  ];
};

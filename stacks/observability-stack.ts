import type { Construct } from "constructs";
import { AlarmTopic } from "../modules/observability/alarm-topic";
import { publish, read } from "./contract";
import { keysContract, topicsContract } from "./contracts";
import { PlatformStack, type PlatformStackProps } from "./platform-stack";
import type { StackKind } from "./stack-kind";

/** Who is told when something goes wrong: a topic for each severity, before anything that has alarms. */
export class ObservabilityStack extends PlatformStack {
  constructor(scope: Construct, props: Omit<PlatformStackProps, "concern">) {
    super(scope, { ...props, concern: "observability" });
    const { account, fleet } = this;
    const { dataKeyArn } = read(this, keysContract);
    const { emails } = account.observability;
    const owner = [fleet.organization.owner];
    const topic = (severity: "critical" | "warning", addresses: readonly string[]) =>
      new AlarmTopic(this, severity, {
        topicName: `${account.name}-alarms-${severity}`,
        accountId: account.id,
        region: account.region,
        dataKeyArn,
        emails: addresses,
      }).topic.arn;
    publish(this, topicsContract, {
      criticalTopicArn: topic("critical", emails.critical ?? owner),
      warningTopicArn: topic("warning", emails.warning ?? emails.critical ?? owner),
    });
  }
}

export const observabilityStacks: StackKind = (fleet, account) => {
  const watched = account.hosting ?? account.queue ?? account.data ?? account.edge;
  if (watched === undefined) return [];
  return [
    {
      account,
      concern: "observability",
      build: (scope, options) => new ObservabilityStack(scope, { fleet, account, ...options }),
    },
  ];
};

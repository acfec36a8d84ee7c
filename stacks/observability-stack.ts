import type { Construct } from "constructs";
import type { Account } from "../environments/schema/account";
import { migrationsIn } from "../environments/schema/fleet";
import * as names from "../environments/schema/names";
import { trustService } from "../modules/identity/policy";
import { Role } from "../modules/identity/role";
import { AccountAlarms } from "../modules/observability/account-alarms";
import { AlarmTopic } from "../modules/observability/alarm-topic";
import { EnvironmentDashboard } from "../modules/observability/environment-dashboard";
import { SlackChannel } from "../modules/observability/slack-channel";
import { publish, read, type ContractValues } from "./contract";
import { keysContract, topicsContract } from "./contracts";
import { addTaskNotices, taskRules } from "./observability/task-notices";
import { PlatformStack, type PlatformStackProps } from "./platform-stack";
import type { StackKind } from "./stack-kind";

type Topics = ContractValues<typeof topicsContract.schema.shape>;
type Slack = NonNullable<Account["observability"]["slack"]>;

/**
 * Who is told when something goes wrong, before anything that has alarms: a topic for each severity, e-mail and Slack
 * behind it; what concerns the account as a whole; and its dashboard.
 */
export class ObservabilityStack extends PlatformStack {
  constructor(scope: Construct, props: Omit<PlatformStackProps, "concern">) {
    super(scope, { ...props, concern: "observability" });
    const { account } = this;
    const { slack } = account.observability;
    const topics = this.topics();
    publish(this, topicsContract, topics);
    if (slack !== undefined) this.channels(slack, topics);
    addTaskNotices(this, topics);
    const { hosting, capabilities } = account;
    const loadBalancers = Object.values(hosting?.loadBalancers ?? {}).some(
      ({ type }) => type === "application",
    );
    const { alarmArns } = new AccountAlarms(this, "account", {
      prefix: account.name,
      ...topics,
      natGateways: account.network !== undefined && capabilities.natGateways !== "none",
      loadBalancers,
      sleeps: capabilities.workingHours !== null,
    });
    new EnvironmentDashboard(this, "dashboard", {
      dashboardName: account.name,
      region: account.region,
      clusterName: names.cluster(account),
      shows: {
        services: hosting !== undefined,
        loadBalancers,
        queues: Object.keys(account.queue?.queues ?? {}).length > 0,
        databases: Object.keys(account.data?.databases ?? {}).length > 0,
      },
      alarmArns,
    });
  }

  private topics(): Topics {
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
        eventsPublish: taskRules(account, severity).length > 0 || migrationsIn(fleet, account).length > 0,
      }).topic.arn;
    return {
      criticalTopicArn: topic("critical", emails.critical ?? owner),
      warningTopicArn: topic("warning", emails.warning ?? emails.critical ?? owner),
    };
  }

  /** AWS lets a channel be configured once an account, so that one for both severities hears both topics. */
  private channels(slack: Slack, { criticalTopicArn, warningTopicArn }: Topics): void {
    const { account } = this;
    const { role, permissions } = new Role(this, "slack", {
      roleName: names.slackRole(account),
      description: "Draws the charts of alarms in Slack",
      path: names.WORKLOAD_ROLE_PATH,
      boundaryArn: names.boundaryArn(account),
      trust: [trustService("chatbot.amazonaws.com", account.id, `arn:aws:chatbot::${account.id}:*`)],
      statements: [
        {
          sid: "DrawCharts",
          actions: [
            "cloudwatch:GetMetricData",
            "cloudwatch:GetMetricStatistics",
            "cloudwatch:GetMetricWidgetImage",
            "cloudwatch:ListMetrics",
          ],
          resources: ["*"],
        },
        {
          sid: "ReadAlarms",
          actions: ["cloudwatch:DescribeAlarms"],
          resources: [`arn:aws:cloudwatch:${account.region}:${account.id}:alarm:*`],
        },
      ],
    });
    const { teamId, criticalChannelId, warningChannelId } = slack;
    const channel = (severity: string, channelId: string, topicArns: string[]) =>
      new SlackChannel(this, `slack_${severity}`, {
        configurationName: `${account.name}-${severity}`,
        teamId,
        channelId,
        topicArns,
        roleArn: role.arn,
        dependsOn: permissions,
      });
    const shared = warningChannelId === criticalChannelId;
    channel("critical", criticalChannelId, [criticalTopicArn, ...(shared ? [warningTopicArn] : [])]);
    if (warningChannelId !== undefined && !shared) channel("warning", warningChannelId, [warningTopicArn]);
  }
}

export const observabilityStacks: StackKind = (fleet, account) => {
  const watched = account.hosting ?? account.queue ?? account.data ?? account.edge;
  const vpns = Object.keys(account.network?.siteToSiteVpns ?? {}).length > 0;
  if (watched === undefined && !vpns && migrationsIn(fleet, account).length === 0) return [];
  return [
    {
      account,
      concern: "observability",
      build: (scope, options) => new ObservabilityStack(scope, { fleet, account, ...options }),
    },
  ];
};

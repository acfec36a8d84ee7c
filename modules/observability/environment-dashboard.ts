import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { Construct } from "constructs";
import { alarmStates, chart, dashboardBody, found, text, type Widget } from "./widgets";

export interface EnvironmentDashboardProps {
  readonly dashboardName: string;
  readonly region: string;
  readonly clusterName: string;
  /** What else the account has. */
  readonly shows: {
    readonly services: boolean;
    readonly loadBalancers: boolean;
    readonly queues: boolean;
    readonly databases: boolean;
  };
  /** Alarms of the account as a whole. */
  readonly alarmArns: readonly string[];
}

/**
 * One account at a glance. Charts search for what there is, so that the dashboard knows no service and none of them
 * waits for it. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/search-expression-syntax.html
 */
export class EnvironmentDashboard extends Construct {
  constructor(scope: Construct, id: string, props: EnvironmentDashboardProps) {
    super(scope, id);
    const { shows } = props;
    const widgets = [
      text(links(props)),
      ...(props.alarmArns.length === 0 ? [] : [alarmStates("Account", props.alarmArns)]),
      ...(shows.services ? services(props) : []),
      ...(shows.loadBalancers ? loadBalancers(props) : []),
      ...(shows.queues ? queues(props) : []),
      ...(shows.databases ? databases(props) : []),
    ];
    new CloudwatchDashboard(this, "dashboard", {
      dashboardName: props.dashboardName,
      dashboardBody: dashboardBody(widgets),
    });
  }
}

function links({ dashboardName, region, clusterName }: EnvironmentDashboardProps): string {
  const console = `https://${region}.console.aws.amazon.com`;
  return [
    `# ${dashboardName}`,
    [
      `[Alarms](${console}/cloudwatch/home?region=${region}#alarmsV2:)`,
      `[Dashboards of services](${console}/cloudwatch/home?region=${region}#dashboards:)`,
      `[Cluster](${console}/ecs/v2/clusters/${clusterName}/services?region=${region})`,
      `[Logs](${console}/cloudwatch/home?region=${region}#logsV2:log-groups)`,
    ].join(" | "),
  ].join("\n\n");
}

function services({ region, clusterName }: EnvironmentDashboardProps): Widget[] {
  const of = (metric: string) =>
    found(
      "AWS/ECS,ClusterName,ServiceName",
      `ClusterName="${clusterName}" MetricName="${metric}"`,
      "Average",
      "",
    );
  const percent = { region, width: 12, range: { min: 0 } };
  return [
    chart("CPU of services, per cent", of("CPUUtilization"), percent),
    chart("Memory of services, per cent", of("MemoryUtilization"), percent),
  ];
}

function loadBalancers({ region }: EnvironmentDashboardProps): Widget[] {
  const of = (metric: string, stat: string) =>
    found("AWS/ApplicationELB,LoadBalancer", `MetricName="${metric}"`, stat, "");
  const options = { region, range: { min: 0 } };
  return [
    chart("Requests a minute", of("RequestCount", "Sum"), options),
    chart(
      "Answers with 5xx",
      [...of("HTTPCode_Target_5XX_Count", "Sum"), ...of("HTTPCode_ELB_5XX_Count", "Sum")],
      options,
    ),
    chart("Response time, 95th percentile, seconds", of("TargetResponseTime", "p95"), options),
  ];
}

function queues({ region }: EnvironmentDashboardProps): Widget[] {
  const of = (metric: string) => found("AWS/SQS,QueueName", `MetricName="${metric}"`, "Maximum", "", 300);
  const options = { region, width: 12, period: 300, range: { min: 0 } };
  return [
    chart("Age of the oldest message, seconds", of("ApproximateAgeOfOldestMessage"), options),
    chart("Waiting messages", of("ApproximateNumberOfMessagesVisible"), options),
  ];
}

function databases({ region }: EnvironmentDashboardProps): Widget[] {
  const of = (metric: string) =>
    found("AWS/RDS,DBInstanceIdentifier", `MetricName="${metric}"`, "Average", "");
  const options = { region, width: 12, range: { min: 0 } };
  return [
    chart("CPU of databases, per cent", of("CPUUtilization"), options),
    chart("Connections to databases", of("DatabaseConnections"), options),
  ];
}

import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { Construct } from "constructs";
import { chart, dashboardBody, text, type Metric, type Widget } from "./widgets";

export interface ServiceDashboardProps {
  readonly dashboardName: string;
  readonly region: string;
  readonly clusterName: string;
  readonly serviceName: string;
  readonly logGroupName: string;
  /** Metric that counts the errors in its log. */
  readonly errors: { readonly namespace: string; readonly name: string };
  /** Doors it stands behind, as CloudWatch names load balancer and target group. */
  readonly doors: Readonly<Record<string, { readonly loadBalancer: string; readonly targetGroup: string }>>;
  /** Names of the queues it reads. */
  readonly queueNames: readonly string[];
  /** Whether Container Insights counts tasks. */
  readonly taskCounts: boolean;
}

/** One service at a glance: what it answers, what it uses, what it logs, what waits for it. */
export class ServiceDashboard extends Construct {
  constructor(scope: Construct, id: string, props: ServiceDashboardProps) {
    super(scope, id);
    new CloudwatchDashboard(this, "dashboard", {
      dashboardName: props.dashboardName,
      dashboardBody: dashboardBody([
        text(links(props)),
        ...Object.entries(props.doors).flatMap(([name, door]) => doorCharts(name, door, props.region)),
        ...tasks(props),
        ...props.queueNames.flatMap((queueName) => queue(queueName, props.region)),
      ]),
    });
  }
}

function links(props: ServiceDashboardProps): string {
  const { region, clusterName, serviceName, logGroupName } = props;
  const console = `https://${region}.console.aws.amazon.com`;
  // The console's own encoding of a log group's name: each escape escaped once more, % as $.
  const logGroup = encodeURIComponent(encodeURIComponent(logGroupName)).replaceAll("%", "$");
  return [
    `# ${props.dashboardName}`,
    [
      `[Service](${console}/ecs/v2/clusters/${clusterName}/services/${serviceName}/health?region=${region})`,
      `[Log](${console}/cloudwatch/home?region=${region}#logsV2:log-groups/log-group/${logGroup})`,
      `[Environment](${console}/cloudwatch/home?region=${region}#dashboards:)`,
    ].join(" | "),
  ].join("\n\n");
}

function doorCharts(
  name: string,
  { loadBalancer, targetGroup }: ServiceDashboardProps["doors"][string],
  region: string,
): Widget[] {
  const of = (metric: string, options: Readonly<Record<string, string>>): Metric => [
    "AWS/ApplicationELB",
    metric,
    "LoadBalancer",
    loadBalancer,
    "TargetGroup",
    targetGroup,
    options,
  ];
  const options = { region, range: { min: 0 } };
  return [
    chart(`${name}: requests a minute`, [of("RequestCount", { stat: "Sum", label: "requests" })], options),
    chart(
      `${name}: response time, seconds`,
      ["p50", "p95", "p99"].map((stat) => of("TargetResponseTime", { stat, label: stat })),
      options,
    ),
    chart(
      `${name}: answers with 5xx and 4xx`,
      [
        of("HTTPCode_Target_5XX_Count", { stat: "Sum", label: "5xx" }),
        of("HTTPCode_Target_4XX_Count", { stat: "Sum", label: "4xx" }),
      ],
      options,
    ),
  ];
}

function tasks({ region, clusterName, serviceName, errors, taskCounts }: ServiceDashboardProps): Widget[] {
  const of = (namespace: string, metric: string, label: string): Metric => [
    namespace,
    metric,
    "ClusterName",
    clusterName,
    "ServiceName",
    serviceName,
    { label },
  ];
  const options = { region, range: { min: 0 } };
  return [
    chart(
      "CPU and memory, per cent",
      [of("AWS/ECS", "CPUUtilization", "CPU"), of("AWS/ECS", "MemoryUtilization", "memory")],
      options,
    ),
    ...(taskCounts
      ? [
          chart(
            "Tasks",
            [
              of("ECS/ContainerInsights", "RunningTaskCount", "running"),
              of("ECS/ContainerInsights", "DesiredTaskCount", "desired"),
            ],
            options,
          ),
        ]
      : []),
    chart("Errors in the log", [[errors.namespace, errors.name, { stat: "Sum", label: "errors" }]], {
      ...options,
      period: 300,
    }),
  ];
}

function queue(queueName: string, region: string): Widget[] {
  const of = (metric: string, label: string): Metric => [
    "AWS/SQS",
    metric,
    "QueueName",
    queueName,
    { label },
  ];
  const options = { region, width: 12, period: 300, stat: "Maximum", range: { min: 0 } };
  return [
    chart(`${queueName}: waiting messages`, [of("ApproximateNumberOfMessagesVisible", "waiting")], options),
    chart(
      `${queueName}: age of the oldest message, seconds`,
      [of("ApproximateAgeOfOldestMessage", "age")],
      options,
    ),
  ];
}

import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmConfig,
} from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";

export interface AccountAlarmsProps {
  /** Beginning of every alarm's name. */
  readonly prefix: string;
  /** Who is woken. */
  readonly criticalTopicArn: string;
  /** Who reads it in the morning. */
  readonly warningTopicArn: string;
  /** Whether the account has NAT gateways. */
  readonly natGateways: boolean;
  /** Whether it has load balancers. */
  readonly loadBalancers: boolean;
  /** Whether its services sleep at times, when a load balancer rightly finds nobody. */
  readonly sleeps: boolean;
}

type Definition = Pick<
  CloudwatchMetricAlarmConfig,
  "alarmDescription" | "comparisonOperator" | "threshold" | "evaluationPeriods" | "datapointsToAlarm"
>;

/**
 * What no single service is told of: queries over all NAT gateways and all load balancers of the account, whichever
 * there are. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-alarms.html
 */
export class AccountAlarms extends Construct {
  readonly alarmArns: string[] = [];

  constructor(scope: Construct, id: string, props: AccountAlarmsProps) {
    super(scope, id);
    const alarm = (name: string, topicArn: string, query: string, definition: Definition) => {
      const { arn } = new CloudwatchMetricAlarm(this, name, {
        ...definition,
        alarmName: `${props.prefix}-${name.replaceAll("_", "-")}`,
        treatMissingData: "notBreaching",
        metricQuery: [{ id: "total", expression: query, label: name, period: 300, returnData: true }],
        alarmActions: [topicArn],
        okActions: [topicArn],
      });
      this.alarmArns.push(arn);
    };
    if (props.natGateways) {
      alarm(
        "nat_port_allocation",
        props.warningTopicArn,
        'SELECT SUM(ErrorPortAllocation) FROM SCHEMA("AWS/NATGateway", NatGatewayId)',
        {
          alarmDescription: "A NAT gateway has no port left for a connection: calls to the internet fail",
          comparisonOperator: "GreaterThanThreshold",
          threshold: 0,
          evaluationPeriods: 1,
        },
      );
    }
    if (!props.loadBalancers) return;
    alarm(
      "rejected_connections",
      props.criticalTopicArn,
      'SELECT SUM(RejectedConnectionCount) FROM SCHEMA("AWS/ApplicationELB", LoadBalancer)',
      {
        alarmDescription: "A load balancer is at its greatest number of connections and refuses more",
        comparisonOperator: "GreaterThanThreshold",
        threshold: 0,
        evaluationPeriods: 1,
      },
    );
    if (props.sleeps) return;
    alarm(
      "no_healthy_target",
      props.criticalTopicArn,
      'SELECT SUM(HTTPCode_ELB_503_Count) FROM SCHEMA("AWS/ApplicationELB", LoadBalancer)',
      {
        alarmDescription: "A load balancer finds no healthy task of a service and answers 503 by itself",
        comparisonOperator: "GreaterThanThreshold",
        threshold: 10,
        evaluationPeriods: 3,
        datapointsToAlarm: 2,
      },
    );
  }
}

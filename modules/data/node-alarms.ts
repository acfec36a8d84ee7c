import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";

/** Something that is watched on every node of a cluster, at its worst. */
export interface WatchedNodes {
  readonly severity: "critical" | "warning";
  /** What is the matter, after the cluster's name. */
  readonly says: string;
  readonly metricName: string;
  readonly stat: "Average" | "Maximum" | "Sum";
  readonly threshold: number;
}

export interface NodeAlarmsProps {
  /** Beginning of every alarm's name. */
  readonly prefix: string;
  /** Such as AWS/ElastiCache. */
  readonly namespace: string;
  /** Dimensions of each node. */
  readonly nodes: readonly Readonly<Record<string, string>>[];
  readonly watched: Readonly<Record<string, WatchedNodes>>;
  /** Who is woken. */
  readonly criticalTopicArn: string;
  /** Who reads it in the morning. */
  readonly warningTopicArn: string;
}

/** Metrics that an alarm by formula takes. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html */
const MOST = 10;

/**
 * One alarm for what is watched over all nodes, the worst of them: metrics of a cluster are its nodes' alone. Ten nodes
 * each; more have a further alarm.
 */
export class NodeAlarms extends Construct {
  constructor(scope: Construct, id: string, props: NodeAlarmsProps) {
    super(scope, id);
    const { prefix, namespace, nodes } = props;
    for (const [name, { severity, says, metricName, stat, threshold }] of Object.entries(props.watched)) {
      const topicArn = severity === "critical" ? props.criticalTopicArn : props.warningTopicArn;
      for (let first = 0; first < nodes.length; first += MOST) {
        const part = first === 0 ? name : `${name}_${first / MOST + 1}`;
        new CloudwatchMetricAlarm(this, part, {
          alarmName: `${prefix}-${part.replaceAll("_", "-")}`,
          alarmDescription: `${prefix} ${says}`,
          comparisonOperator: "GreaterThanThreshold",
          threshold,
          evaluationPeriods: 3,
          treatMissingData: "notBreaching",
          metricQuery: [
            { id: "worst", expression: "MAX(METRICS())", label: `worst ${metricName}`, returnData: true },
            ...nodes.slice(first, first + MOST).map((dimensions, index) => ({
              id: `node${index + 1}`,
              returnData: false,
              metric: { namespace, metricName, dimensions, period: 300, stat },
            })),
          ],
          alarmActions: [topicArn],
          okActions: [topicArn],
        });
      }
    }
  }
}

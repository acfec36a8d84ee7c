import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import type { Construct } from "constructs";

/** Who is told, by severity. */
export interface AlarmTopics {
  /** Who is woken. */
  readonly criticalTopicArn: string;
  /** Who reads it in the morning. */
  readonly warningTopicArn: string;
}

export interface Watched {
  readonly severity: "critical" | "warning";
  readonly says: string;
  readonly metricName: string;
  readonly statistic: "Average" | "Maximum" | "Minimum";
  readonly comparison: "GreaterThanThreshold" | "LessThanThreshold";
  readonly threshold: number;
  /** Periods of five minutes in a row. */
  readonly periods: number;
}

export const GIB = 1024 ** 3;
export const above = { comparison: "GreaterThanThreshold", periods: 3 } as const;
export const below = { comparison: "LessThanThreshold", periods: 3 } as const;

/** Alarms on one cluster or instance, by the name that each has behind the identifier. */
export function databaseAlarms(
  scope: Construct,
  {
    identifier,
    dimension,
    ...topics
  }: AlarmTopics & {
    readonly identifier: string;
    readonly dimension: "DBClusterIdentifier" | "DBInstanceIdentifier";
  },
  alarms: Readonly<Record<string, Watched>>,
  /** Beginning of their ids. */
  prefix = "",
): void {
  for (const [name, watched] of Object.entries(alarms)) {
    const topicArn = watched.severity === "critical" ? topics.criticalTopicArn : topics.warningTopicArn;
    new CloudwatchMetricAlarm(scope, `${prefix}${name}`, {
      alarmName: `${identifier}-${name.replaceAll("_", "-")}`,
      alarmDescription: `${identifier} ${watched.says}`,
      namespace: "AWS/RDS",
      metricName: watched.metricName,
      dimensions: { [dimension]: identifier },
      statistic: watched.statistic,
      period: 300,
      evaluationPeriods: watched.periods,
      comparisonOperator: watched.comparison,
      threshold: watched.threshold,
      treatMissingData: "notBreaching",
      alarmActions: [topicArn],
      okActions: [topicArn],
    });
  }
}

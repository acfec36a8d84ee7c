import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmConfig,
} from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";

export interface AuroraAlarmsProps {
  readonly clusterIdentifier: string;
  /** GiB of each instance. */
  readonly memory: number;
  /** Connections that an instance takes. */
  readonly connections: number;
  /** Whether there are instances that can lag behind the writer. */
  readonly readers: boolean;
  /** Who is woken. */
  readonly criticalTopicArn: string;
  /** Who reads it in the morning. */
  readonly warningTopicArn: string;
}

const GIB = 1024 ** 3;

interface Watched {
  readonly severity: "critical" | "warning";
  readonly says: string;
  readonly metricName: string;
  readonly statistic: "Average" | "Maximum" | "Minimum";
  readonly comparison: "GreaterThanThreshold" | "LessThanThreshold";
  readonly threshold: number;
  /** Periods of five minutes in a row. */
  readonly periods: number;
}

const above = { comparison: "GreaterThanThreshold", periods: 3 } as const;
const below = { comparison: "LessThanThreshold", periods: 3 } as const;

/**
 * What goes wrong in a cluster before services notice; extremes over all of its instances.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html
 */
export class AuroraAlarms extends Construct {
  constructor(scope: Construct, id: string, props: AuroraAlarmsProps) {
    super(scope, id);
    for (const [name, watched] of Object.entries(watch(props))) {
      const topicArn = watched.severity === "critical" ? props.criticalTopicArn : props.warningTopicArn;
      const config: CloudwatchMetricAlarmConfig = {
        alarmName: `${props.clusterIdentifier}-${name.replaceAll("_", "-")}`,
        alarmDescription: `${props.clusterIdentifier} ${watched.says}`,
        namespace: "AWS/RDS",
        metricName: watched.metricName,
        dimensions: { DBClusterIdentifier: props.clusterIdentifier },
        statistic: watched.statistic,
        period: 300,
        evaluationPeriods: watched.periods,
        comparisonOperator: watched.comparison,
        threshold: watched.threshold,
        treatMissingData: "notBreaching",
        alarmActions: [topicArn],
        okActions: [topicArn],
      };
      new CloudwatchMetricAlarm(this, name, config);
    }
  }
}

function watch({ memory, connections, readers }: AuroraAlarmsProps): Readonly<Record<string, Watched>> {
  return {
    cpu: {
      ...above,
      severity: "warning",
      says: "has used more than 80 % of an instance's CPU for a quarter of an hour",
      metricName: "CPUUtilization",
      statistic: "Maximum",
      threshold: 80,
    },
    memory: {
      ...below,
      severity: "critical",
      says: "has an instance with less than 5 % of its memory left",
      metricName: "FreeableMemory",
      statistic: "Minimum",
      threshold: Math.round(0.05 * memory * GIB),
    },
    connections: {
      ...above,
      severity: "critical",
      says: `has more than 80 % of the ${connections} connections that an instance takes`,
      metricName: "DatabaseConnections",
      statistic: "Maximum",
      threshold: Math.floor(0.8 * connections),
    },
    local_storage: {
      ...below,
      severity: "critical",
      says: "has an instance with less than 2 GiB left for temporary files and logs",
      metricName: "FreeLocalStorage",
      statistic: "Minimum",
      threshold: 2 * GIB,
    },
    deadlocks: {
      ...above,
      severity: "warning",
      says: "has had a deadlock every ten seconds for a quarter of an hour",
      metricName: "Deadlocks",
      statistic: "Average",
      threshold: 0.1,
    },
    transaction_ids: {
      ...above,
      severity: "critical",
      says: "has used half of its transaction ids: vacuum does not keep up, and PostgreSQL stops at two thousand million",
      metricName: "MaximumUsedTransactionIDs",
      statistic: "Maximum",
      threshold: 1_000_000_000,
      periods: 1,
    },
    ...(readers
      ? {
          replica_lag: {
            ...above,
            severity: "warning" as const,
            says: "has a reader more than a second behind",
            metricName: "AuroraReplicaLagMaximum",
            statistic: "Maximum" as const,
            threshold: 1000,
          },
        }
      : {}),
  };
}

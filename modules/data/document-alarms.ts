import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmConfig,
} from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";

export interface DocumentAlarmsProps {
  readonly clusterIdentifier: string;
  /** GiB of each instance. */
  readonly memory: number;
  /** Whether there are instances that can lag behind the primary. */
  readonly replicas: boolean;
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
  readonly statistic: "Maximum" | "Minimum" | "Sum";
  readonly comparison: "GreaterThanThreshold" | "LessThanThreshold";
  readonly threshold: number;
}

/**
 * What goes wrong in a DocumentDB cluster before services notice; extremes over all of its instances.
 * https://docs.aws.amazon.com/documentdb/latest/developerguide/cloud_watch.html
 */
export class DocumentAlarms extends Construct {
  constructor(scope: Construct, id: string, props: DocumentAlarmsProps) {
    super(scope, id);
    const { clusterIdentifier } = props;
    const dimensions = { DBClusterIdentifier: clusterIdentifier };
    const add = (
      name: string,
      { severity, says }: Pick<Watched, "severity" | "says">,
      config: Omit<CloudwatchMetricAlarmConfig, "alarmName" | "evaluationPeriods">,
    ) => {
      const topicArn = severity === "critical" ? props.criticalTopicArn : props.warningTopicArn;
      new CloudwatchMetricAlarm(this, name, {
        alarmName: `${clusterIdentifier}-${name.replaceAll("_", "-")}`,
        alarmDescription: `${clusterIdentifier} ${says}`,
        evaluationPeriods: 3,
        treatMissingData: "notBreaching",
        alarmActions: [topicArn],
        okActions: [topicArn],
        ...config,
      });
    };
    for (const [name, watched] of Object.entries(watch(props))) {
      add(name, watched, {
        namespace: "AWS/DocDB",
        metricName: watched.metricName,
        dimensions,
        statistic: watched.statistic,
        period: 300,
        comparisonOperator: watched.comparison,
        threshold: watched.threshold,
      });
    }
    const counted = (queryId: string, metricName: string) => ({
      id: queryId,
      returnData: false,
      metric: { namespace: "AWS/DocDB", metricName, dimensions, stat: "Maximum", period: 300 },
    });
    const connections = {
      severity: "critical",
      says: "has more than 80 % of the connections that an instance takes",
    } as const;
    add("connections", connections, {
      metricQuery: [
        { id: "used", expression: "100 * open / most", label: "Connections, per cent", returnData: true },
        counted("open", "DatabaseConnections"),
        counted("most", "DatabaseConnectionsLimit"),
      ],
      comparisonOperator: "GreaterThanThreshold",
      threshold: 80,
    });
  }
}

function watch({ memory, replicas }: DocumentAlarmsProps): Readonly<Record<string, Watched>> {
  const above = { comparison: "GreaterThanThreshold", statistic: "Maximum" } as const;
  const below = { comparison: "LessThanThreshold", statistic: "Minimum" } as const;
  return {
    cpu: {
      ...above,
      severity: "warning",
      says: "has used more than 80 % of an instance's CPU for a quarter of an hour",
      metricName: "CPUUtilization",
      threshold: 80,
    },
    memory: {
      ...below,
      severity: "critical",
      says: "has an instance with less than 5 % of its memory left",
      metricName: "FreeableMemory",
      threshold: Math.round(0.05 * memory * GIB),
    },
    local_storage: {
      ...below,
      severity: "critical",
      says: "has an instance with less than 2 GiB left for temporary files and logs",
      metricName: "FreeLocalStorage",
      threshold: 2 * GIB,
    },
    throttled: {
      ...above,
      statistic: "Sum",
      severity: "warning",
      says: "turns operations away because an instance is short of memory",
      metricName: "LowMemNumOperationsThrottled",
      threshold: 0,
    },
    cursors: {
      ...above,
      severity: "warning",
      says: "has had cursors time out for a quarter of an hour: code that does not close them",
      metricName: "DatabaseCursorsTimedOut",
      threshold: 10,
    },
    ...(replicas
      ? {
          replica_lag: {
            ...above,
            severity: "warning" as const,
            says: "has a replica more than a second behind",
            metricName: "DBClusterReplicaLagMaximum",
            threshold: 1000,
          },
        }
      : {}),
  };
}

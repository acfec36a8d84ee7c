import { Construct } from "constructs";
import { above, below, databaseAlarms, GIB, type AlarmTopics, type Watched } from "./database-alarm";

export interface AuroraAlarmsProps extends AlarmTopics {
  readonly clusterIdentifier: string;
  /** GiB of each instance, at the most where it is serverless. */
  readonly memory: number;
  /** Connections that an instance takes. */
  readonly connections: number;
  /** Whether there are instances that can lag behind the writer. */
  readonly readers: boolean;
  /** Whether it speaks PostgreSQL, whose transaction ids run out. */
  readonly postgresql: boolean;
  /** Whether its capacity follows use. */
  readonly serverless: boolean;
}

/**
 * What goes wrong in a cluster before services notice; extremes over all of its instances.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html
 */
export class AuroraAlarms extends Construct {
  constructor(scope: Construct, id: string, props: AuroraAlarmsProps) {
    super(scope, id);
    const { clusterIdentifier: identifier, criticalTopicArn, warningTopicArn } = props;
    databaseAlarms(
      this,
      { identifier, dimension: "DBClusterIdentifier", criticalTopicArn, warningTopicArn },
      watch(props),
    );
  }
}

function watch({
  memory,
  connections,
  readers,
  postgresql,
  serverless,
}: AuroraAlarmsProps): Readonly<Record<string, Watched>> {
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
    ...(postgresql
      ? {
          transaction_ids: {
            ...above,
            severity: "critical" as const,
            says: "has used half of its transaction ids: vacuum does not keep up, and PostgreSQL stops at two thousand million",
            metricName: "MaximumUsedTransactionIDs",
            statistic: "Maximum" as const,
            threshold: 1_000_000_000,
            periods: 1,
          },
        }
      : {}),
    ...(serverless
      ? {
          capacity: {
            ...above,
            severity: "warning" as const,
            says: "has used more than 90 % of its most capacity units for a quarter of an hour",
            metricName: "ACUUtilization",
            statistic: "Maximum" as const,
            threshold: 90,
          },
        }
      : {}),
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

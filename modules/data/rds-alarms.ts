import { Construct } from "constructs";
import { above, below, databaseAlarms, GIB, type AlarmTopics, type Watched } from "./database-alarm";

export interface RdsAlarmsProps extends AlarmTopics {
  readonly identifier: string;
  /** Identifiers of its read replicas. */
  readonly replicaIdentifiers: readonly string[];
  /** GiB of each instance. */
  readonly memory: number;
  /** GiB of storage that each begins with. */
  readonly storage: number;
  /** Connections that an instance takes. @default no limit */
  readonly connections?: number;
  /** Whether it speaks PostgreSQL, whose transaction ids run out. */
  readonly postgresql: boolean;
}

/**
 * What goes wrong in an instance and its replicas before services notice.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html
 */
export class RdsAlarms extends Construct {
  constructor(scope: Construct, id: string, props: RdsAlarmsProps) {
    super(scope, id);
    const { identifier, criticalTopicArn, warningTopicArn } = props;
    const shared = { dimension: "DBInstanceIdentifier", criticalTopicArn, warningTopicArn } as const;
    databaseAlarms(this, { identifier, ...shared }, { ...each(props), ...transactionIds(props) });
    props.replicaIdentifiers.forEach((replica, index) => {
      databaseAlarms(
        this,
        { identifier: replica, ...shared },
        { ...each(props), replica_lag: LAG },
        `replica_${index + 1}_`,
      );
    });
  }
}

const LAG: Watched = {
  ...above,
  severity: "warning",
  says: "has been more than half a minute behind for a quarter of an hour",
  metricName: "ReplicaLag",
  statistic: "Maximum",
  threshold: 30,
};

function transactionIds({ postgresql }: RdsAlarmsProps): Readonly<Record<string, Watched>> {
  if (!postgresql) return {};
  return {
    transaction_ids: {
      ...above,
      severity: "critical",
      says: "has used half of its transaction ids: vacuum does not keep up, and PostgreSQL stops at two thousand million",
      metricName: "MaximumUsedTransactionIDs",
      statistic: "Maximum",
      threshold: 1_000_000_000,
      periods: 1,
    },
  };
}

function each({ memory, storage, connections }: RdsAlarmsProps): Readonly<Record<string, Watched>> {
  return {
    cpu: {
      ...above,
      severity: "warning",
      says: "has used more than 80 % of its CPU for a quarter of an hour",
      metricName: "CPUUtilization",
      statistic: "Average",
      threshold: 80,
    },
    memory: {
      ...below,
      severity: "critical",
      says: "has less than 5 % of its memory left",
      metricName: "FreeableMemory",
      statistic: "Minimum",
      threshold: Math.round(0.05 * memory * GIB),
    },
    storage: {
      ...below,
      severity: "critical",
      says: "has less than 20 % of the storage left that it began with",
      metricName: "FreeStorageSpace",
      statistic: "Minimum",
      threshold: Math.round(0.2 * storage * GIB),
      periods: 1,
    },
    ...(connections === undefined
      ? {}
      : {
          connections: {
            ...above,
            severity: "critical" as const,
            says: `has more than 80 % of the ${connections} connections that it takes`,
            metricName: "DatabaseConnections",
            statistic: "Maximum" as const,
            threshold: Math.floor(0.8 * connections),
          },
        }),
  };
}

import { Construct } from "constructs";
import { NodeAlarms, type WatchedNodes } from "./node-alarms";

export interface CacheAlarmsProps {
  readonly replicationGroupId: string;
  /** Shards in cluster mode. @default cluster mode is off */
  readonly shards?: number;
  /** Nodes beside each primary. */
  readonly replicas: number;
  /** Whether keys that nobody gave an end to may go when memory is full: then that they go is no news. */
  readonly evicts: boolean;
  /** Who is woken. */
  readonly criticalTopicArn: string;
  /** Who reads it in the morning. */
  readonly warningTopicArn: string;
}

/** Connections that a node takes; AWS changes that for nobody. */
const CONNECTIONS = 65_000;

/**
 * What AWS advises to watch.
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.WhichShouldIMonitor.html
 */
export class CacheAlarms extends Construct {
  constructor(scope: Construct, id: string, props: CacheAlarmsProps) {
    super(scope, id);
    const { replicationGroupId, criticalTopicArn, warningTopicArn } = props;
    new NodeAlarms(this, "nodes", {
      prefix: replicationGroupId,
      namespace: "AWS/ElastiCache",
      nodes: nodesOf(props).map((CacheClusterId) => ({ CacheClusterId })),
      watched: watch(props),
      criticalTopicArn,
      warningTopicArn,
    });
  }
}

/** `live-sessions-001` and so on; in cluster mode `live-sessions-0001-001`. */
const nodesOf = ({ replicationGroupId, shards, replicas }: CacheAlarmsProps): readonly string[] =>
  shardNodes(replicationGroupId, shards, replicas).flat();

const members = (prefix: string, replicas: number) =>
  Array.from({ length: 1 + replicas }, (_, index) => `${prefix}-${String(index + 1).padStart(3, "0")}`);

/** Nodes of each shard, as AWS names them; of the one there is where cluster mode is off. */
export const shardNodes = (prefix: string, shards: number | undefined, replicas: number) =>
  shards === undefined
    ? [members(prefix, replicas)]
    : Array.from({ length: shards }, (_, index) =>
        members(`${prefix}-${String(index + 1).padStart(4, "0")}`, replicas),
      );

/** Nodes of a cluster with shards, as AWS names them. */
export const shardMembers = (prefix: string, shards: number, replicas: number) =>
  shardNodes(prefix, shards, replicas).flat();

function watch({ replicas, evicts }: CacheAlarmsProps): Readonly<Record<string, WatchedNodes>> {
  return {
    ...watchedInMemory(evicts),
    ...(replicas === 0
      ? {}
      : {
          replication_lag: {
            severity: "warning" as const,
            says: "has a replica more than five seconds behind",
            metricName: "ReplicationLag",
            stat: "Maximum" as const,
            threshold: 5,
          },
        }),
  };
}

/** What Valkey and Redis OSS are watched for wherever they run; the metrics have the same names in both services. */
export const watchedInMemory = (evicts: boolean): Readonly<Record<string, WatchedNodes>> => ({
  engine_cpu: {
    severity: "warning",
    says: "has a node whose engine has used more than 80 % of its core for a quarter of an hour",
    metricName: "EngineCPUUtilization",
    stat: "Average",
    threshold: 80,
  },
  cpu: {
    severity: "warning",
    says: "has a node that has used more than 90 % of its CPU for a quarter of an hour",
    metricName: "CPUUtilization",
    stat: "Average",
    threshold: 90,
  },
  memory: {
    severity: "critical",
    says: "has a node that has filled more than 85 % of its memory",
    metricName: "DatabaseMemoryUsagePercentage",
    stat: "Maximum",
    threshold: 85,
  },
  connections: {
    severity: "critical",
    says: `has a node with more than 80 % of the ${CONNECTIONS} connections that it takes`,
    metricName: "CurrConnections",
    stat: "Maximum",
    threshold: 0.8 * CONNECTIONS,
  },
  sign_in_failures: {
    severity: "warning",
    says: "has refused more than ten sign-ins in five minutes, for a quarter of an hour",
    metricName: "AuthenticationFailures",
    stat: "Sum",
    threshold: 10,
  },
  ...(evicts
    ? {}
    : {
        evictions: {
          severity: "warning" as const,
          says: "has had to drop keys for want of memory for a quarter of an hour",
          metricName: "Evictions",
          stat: "Sum" as const,
          threshold: 0,
        },
      }),
});

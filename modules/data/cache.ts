import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { ElasticacheParameterGroup } from "@cdktf/provider-aws/lib/elasticache-parameter-group";
import { ElasticacheReplicationGroup } from "@cdktf/provider-aws/lib/elasticache-replication-group";
import { ElasticacheSubnetGroup } from "@cdktf/provider-aws/lib/elasticache-subnet-group";
import { Construct } from "constructs";
import { CacheUsers, type FurtherUser } from "./cache-users";

export const CACHE_PORT = 6379;

/** Sunday night, UTC, clear of each other. */
const SNAPSHOT_WINDOW = "00:30-01:30";
const MAINTENANCE_WINDOW = "sun:02:00-sun:03:00";

export interface CacheProps {
  /** Also the name of its groups. */
  readonly replicationGroupId: string;
  readonly engine: "redis" | "valkey";
  /** Such as 8.1. */
  readonly engineVersion: string;
  readonly nodeType: string;
  /** Whether nodes keep what is seldom read on a disk of theirs. */
  readonly dataTiering: boolean;
  /** Shards in cluster mode. @default cluster mode is off */
  readonly shards?: number;
  /** Nodes beside each primary. */
  readonly replicas: number;
  /** Whether they are in other zones. */
  readonly multiAz: boolean;
  /** Whether clients speak TLS, can, or cannot. */
  readonly transitEncryption: "none" | "preferred" | "required";
  readonly snapshotRetentionLimit: number;
  /** ARNs of the files in S3 that it begins with. */
  readonly snapshotArns: string[];
  readonly parameters: Readonly<Record<string, string>>;
  readonly subnetIds: string[];
  readonly securityGroupId: string;
  readonly dataKeyArn: string;
  readonly logsKeyArn: string;
  readonly logRetentionInDays: number;
  /** Name of the log group of a log. */
  readonly logGroupName: (log: string) => string;
  /** The user of people and tools. */
  readonly operator: string;
  /** Users of services by service. */
  readonly users: Readonly<Record<string, string>>;
  /** Users who do not sign in by IAM. @default none */
  readonly furtherUsers?: readonly FurtherUser[];
  /** Whether Terraform refuses to destroy it. */
  readonly protection: boolean;
  /** Whether a snapshot is left when it no longer does. */
  readonly finalSnapshot: boolean;
}

/**
 * An ElastiCache cluster of Valkey or Redis OSS: encrypted, TLS only, sign-in by IAM and no other way.
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/BestPractices.html
 */
export class Cache extends Construct {
  readonly group: ElasticacheReplicationGroup;

  constructor(scope: Construct, id: string, props: CacheProps) {
    super(scope, id);
    const { replicationGroupId, engine, shards, replicas, transitEncryption, protection } = props;
    const subnets = new ElasticacheSubnetGroup(this, "subnets", {
      name: replicationGroupId,
      description: `Isolated subnets of ${replicationGroupId}`,
      subnetIds: props.subnetIds,
    });
    const logs = ["engine-log", "slow-log"].map((logType) => ({
      logType,
      group: new CloudwatchLogGroup(this, logType.replace("-", "_"), {
        name: props.logGroupName(logType),
        retentionInDays: props.logRetentionInDays,
        kmsKeyId: props.logsKeyArn,
      }),
    }));
    this.group = new ElasticacheReplicationGroup(this, "group", {
      replicationGroupId,
      description: `Cache ${replicationGroupId}`,
      engine,
      engineVersion: props.engineVersion,
      // AWS's own upgrades would differ from the version in the code.
      autoMinorVersionUpgrade: "false",
      nodeType: props.nodeType,
      ...(props.dataTiering ? { dataTieringEnabled: true } : {}),
      ...(shards === undefined
        ? { numCacheClusters: 1 + replicas }
        : { numNodeGroups: shards, replicasPerNodeGroup: replicas }),
      // In cluster mode AWS insists on it, whether there is a replica or not.
      automaticFailoverEnabled: replicas > 0 || shards !== undefined,
      multiAzEnabled: props.multiAz && replicas > 0,
      parameterGroupName: this.parameterGroup(props).name,
      port: CACHE_PORT,
      subnetGroupName: subnets.name,
      securityGroupIds: [props.securityGroupId],
      atRestEncryptionEnabled: "true",
      kmsKeyId: props.dataKeyArn,
      transitEncryptionEnabled: transitEncryption !== "none",
      ...(transitEncryption === "none" ? {} : { transitEncryptionMode: transitEncryption }),
      ...(transitEncryption === "required"
        ? { userGroupIds: [new CacheUsers(this, "users", props).group.userGroupId] }
        : {}),
      snapshotRetentionLimit: props.snapshotRetentionLimit,
      snapshotWindow: SNAPSHOT_WINDOW,
      ...(props.finalSnapshot ? { finalSnapshotIdentifier: `${replicationGroupId}-final` } : {}),
      ...(props.snapshotArns.length > 0 ? { snapshotArns: props.snapshotArns } : {}),
      maintenanceWindow: MAINTENANCE_WINDOW,
      logDeliveryConfiguration: logs.map(({ logType, group }) => ({
        logType,
        logFormat: "json",
        destinationType: "cloudwatch-logs",
        destination: group.name,
      })),
      // What is merged is what runs: in the maintenance window, each plan until then would show it again.
      applyImmediately: true,
      // What it began with is no longer there some day; another list would make it anew.
      lifecycle: { preventDestroy: protection, ignoreChanges: ["snapshot_arns"] },
    });
  }

  /** A family belongs to a major version: a new group is made before the old one goes. */
  private parameterGroup({ replicationGroupId, engine, engineVersion, parameters, shards }: CacheProps) {
    const family = `${engine}${engineVersion.split(".")[0] ?? ""}`;
    const all = { ...parameters, ...(shards === undefined ? {} : { "cluster-enabled": "yes" }) };
    return new ElasticacheParameterGroup(this, "parameters", {
      name: `${replicationGroupId}-${family}`,
      family,
      description: `Parameters of ${replicationGroupId}`,
      parameter: Object.entries(all)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, value]) => ({ name, value })),
      lifecycle: { createBeforeDestroy: true },
    });
  }
}

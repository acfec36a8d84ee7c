import { MemorydbAcl } from "@cdktf/provider-aws/lib/memorydb-acl";
import { MemorydbCluster } from "@cdktf/provider-aws/lib/memorydb-cluster";
import { MemorydbParameterGroup } from "@cdktf/provider-aws/lib/memorydb-parameter-group";
import { MemorydbSubnetGroup } from "@cdktf/provider-aws/lib/memorydb-subnet-group";
import { MemorydbUser } from "@cdktf/provider-aws/lib/memorydb-user";
import { Construct } from "constructs";
import { EVERYTHING, type FurtherUser } from "./cache-users";

export const MEMORY_DATABASE_PORT = 6379;

/** Sunday night, UTC, clear of each other. */
const SNAPSHOT_WINDOW = "00:30-01:30";
const MAINTENANCE_WINDOW = "sun:02:00-sun:03:00";

export interface MemoryDatabaseProps {
  /** Also the name of its groups and of its access control list. */
  readonly clusterName: string;
  readonly engine: "redis" | "valkey";
  /** Such as 7.2. */
  readonly engineVersion: string;
  readonly nodeType: string;
  /** Whether nodes keep what is seldom read on a disk of theirs. */
  readonly dataTiering: boolean;
  readonly shards: number;
  /** Nodes beside each primary, in other zones. */
  readonly replicas: number;
  readonly snapshotRetentionLimit: number;
  /** ARNs of the files in S3 that it begins with. */
  readonly snapshotArns: string[];
  readonly parameters: Readonly<Record<string, string>>;
  readonly subnetIds: string[];
  readonly securityGroupId: string;
  readonly dataKeyArn: string;
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
 * A MemoryDB cluster of Valkey or Redis OSS: encrypted, TLS only, sign-in by IAM and no other way. What it takes is in
 * a log over several zones before it answers, so that it lasts.
 * https://docs.aws.amazon.com/memorydb/latest/devguide/best-practices.html
 */
export class MemoryDatabase extends Construct {
  readonly cluster: MemorydbCluster;

  constructor(scope: Construct, id: string, props: MemoryDatabaseProps) {
    super(scope, id);
    const { clusterName, protection } = props;
    const subnets = new MemorydbSubnetGroup(this, "subnets", {
      name: clusterName,
      description: `Isolated subnets of ${clusterName}`,
      subnetIds: props.subnetIds,
    });
    this.cluster = new MemorydbCluster(this, "cluster", {
      name: clusterName,
      description: `In-memory database ${clusterName}`,
      engine: props.engine,
      engineVersion: props.engineVersion,
      // AWS's own upgrades would differ from the version in the code.
      autoMinorVersionUpgrade: false,
      nodeType: props.nodeType,
      dataTiering: props.dataTiering,
      numShards: props.shards,
      numReplicasPerShard: props.replicas,
      parameterGroupName: this.parameterGroup(props).name,
      port: MEMORY_DATABASE_PORT,
      subnetGroupName: subnets.name,
      securityGroupIds: [props.securityGroupId],
      aclName: this.accessControl(props).name,
      tlsEnabled: true,
      kmsKeyArn: props.dataKeyArn,
      snapshotRetentionLimit: props.snapshotRetentionLimit,
      snapshotWindow: SNAPSHOT_WINDOW,
      ...(props.finalSnapshot ? { finalSnapshotName: `${clusterName}-final` } : {}),
      ...(props.snapshotArns.length > 0 ? { snapshotArns: props.snapshotArns } : {}),
      maintenanceWindow: MAINTENANCE_WINDOW,
      // What it began with is no longer there some day; another list would make it anew.
      lifecycle: { preventDestroy: protection, ignoreChanges: ["snapshot_arns"] },
    });
  }

  /** A family belongs to a major version: a new group is made before the old one goes. */
  private parameterGroup({ clusterName, engine, engineVersion, parameters }: MemoryDatabaseProps) {
    const major = `${engine}${engineVersion.split(".")[0] ?? ""}`;
    return new MemorydbParameterGroup(this, "parameters", {
      name: `${clusterName}-${major}`,
      family: `memorydb_${major}`,
      description: `Parameters of ${clusterName}`,
      parameter: Object.entries(parameters)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, value]) => ({ name, value })),
      lifecycle: { createBeforeDestroy: true },
    });
  }

  /** https://docs.aws.amazon.com/memorydb/latest/devguide/auth-iam.html */
  private accessControl({
    clusterName,
    operator,
    users,
    furtherUsers = [],
  }: MemoryDatabaseProps): MemorydbAcl {
    const user = (id: string, userName: string) =>
      new MemorydbUser(this, id, {
        userName,
        accessString: EVERYTHING,
        authenticationMode: { type: "iam" },
        // It leaves the list before it goes.
        lifecycle: { createBeforeDestroy: true },
      });
    const members = [
      user("user_operator", operator),
      ...Object.entries(users)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([service, name]) => user(`user_service_${service.replaceAll("-", "_")}`, name)),
    ];
    return new MemorydbAcl(this, "acl", {
      name: clusterName,
      userNames: [...members, ...furtherUsers].map(({ userName }) => userName),
      ...(furtherUsers.length === 0 ? {} : { dependsOn: furtherUsers.map(({ dependsOn }) => dependsOn) }),
    });
  }
}

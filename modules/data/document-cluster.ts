import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DocdbCluster } from "@cdktf/provider-aws/lib/docdb-cluster";
import { DocdbClusterInstance } from "@cdktf/provider-aws/lib/docdb-cluster-instance";
import { DocdbClusterParameterGroup } from "@cdktf/provider-aws/lib/docdb-cluster-parameter-group";
import { DocdbSubnetGroup } from "@cdktf/provider-aws/lib/docdb-subnet-group";
import { Construct } from "constructs";

export const DOCUMENT_PORT = 27017;

/** Sunday night, UTC, clear of each other as AWS asks. */
const BACKUP_WINDOW = "00:30-01:30";
const MAINTENANCE_WINDOW = "sun:02:00-sun:03:00";

/** Logs that the cluster writes to CloudWatch. */
const LOGS = ["audit", "profiler"] as const;

/**
 * What every cluster is told: TLS 1.2 or nothing, who signs in and changes what there is, and which operations are slow.
 * https://docs.aws.amazon.com/documentdb/latest/developerguide/cluster_parameter_groups-list_of_parameters.html
 */
const OWN_PARAMETERS: Readonly<Record<string, string>> = {
  audit_logs: "enabled",
  profiler: "enabled",
  tls: "tls1.2+",
};

/** The only parameter that is read when an instance starts. */
const STATIC = "tls";

export interface DocumentClusterProps {
  /** Identifier of the cluster, and beginning of its instances' and parameter group's names. */
  readonly clusterIdentifier: string;
  /** Such as 5.0.0. */
  readonly engineVersion: string;
  readonly instanceClass: string;
  /** Instances beside the primary. */
  readonly replicas: number;
  readonly storageType: "standard" | "iopt1";
  /** Days to which it can be restored. */
  readonly backupRetentionPeriod: number;
  /** Parameters beside the platform's own, by name. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly subnetIds: string[];
  readonly securityGroupId: string;
  /** Key of the storage and of Performance Insights. */
  readonly dataKeyArn: string;
  readonly logsKeyArn: string;
  readonly logRetentionInDays: number;
  /** Whether AWS and Terraform refuse to destroy it. */
  readonly protection: boolean;
  /** Whether it leaves a snapshot when they no longer do. */
  readonly finalSnapshot: boolean;
}

/**
 * An Amazon DocumentDB cluster: encrypted, TLS only, audited, the master password kept by AWS in Secrets Manager.
 * https://docs.aws.amazon.com/documentdb/latest/developerguide/best_practices.html
 */
export class DocumentCluster extends Construct {
  readonly cluster: DocdbCluster;

  constructor(scope: Construct, id: string, props: DocumentClusterProps) {
    super(scope, id);
    const { clusterIdentifier, protection } = props;
    const subnets = new DocdbSubnetGroup(this, "subnets", {
      name: clusterIdentifier,
      description: `Isolated subnets of ${clusterIdentifier}`,
      subnetIds: props.subnetIds,
    });
    // DocumentDB would make them without retention or key.
    const logs = LOGS.map(
      (log) =>
        new CloudwatchLogGroup(this, `${log}_logs`, {
          name: `/aws/docdb/${clusterIdentifier}/${log}`,
          retentionInDays: props.logRetentionInDays,
          kmsKeyId: props.logsKeyArn,
        }),
    );
    this.cluster = new DocdbCluster(this, "cluster", {
      clusterIdentifier,
      engine: "docdb",
      engineVersion: props.engineVersion,
      // A major version is a change of the code like any other.
      allowMajorVersionUpgrade: true,
      masterUsername: "platform",
      manageMasterUserPassword: true,
      storageEncrypted: true,
      kmsKeyId: props.dataKeyArn,
      // AWS names the usual type by leaving it out.
      ...(props.storageType === "standard" ? {} : { storageType: props.storageType }),
      port: DOCUMENT_PORT,
      dbSubnetGroupName: subnets.name,
      vpcSecurityGroupIds: [props.securityGroupId],
      dbClusterParameterGroupName: this.parameterGroup(props).name,
      enabledCloudwatchLogsExports: [...LOGS],
      backupRetentionPeriod: props.backupRetentionPeriod,
      preferredBackupWindow: BACKUP_WINDOW,
      preferredMaintenanceWindow: MAINTENANCE_WINDOW,
      deletionProtection: protection,
      skipFinalSnapshot: !props.finalSnapshot,
      ...(props.finalSnapshot ? { finalSnapshotIdentifier: `${clusterIdentifier}-final` } : {}),
      // What is merged is what runs: in the maintenance window, each plan until then would show it again.
      applyImmediately: true,
      lifecycle: { preventDestroy: protection },
      dependsOn: logs,
    });
    this.addInstances(props);
  }

  /** A family belongs to a version: a new group is made before the old one goes. */
  private parameterGroup({ clusterIdentifier, engineVersion, parameters }: DocumentClusterProps) {
    const version = engineVersion.split(".").slice(0, 2).join(".");
    return new DocdbClusterParameterGroup(this, "parameters", {
      name: `${clusterIdentifier}-${version.replace(".", "-")}`,
      family: `docdb${version}`,
      description: `Parameters of ${clusterIdentifier}`,
      parameter: Object.entries({ ...parameters, ...OWN_PARAMETERS })
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, value]) => ({
          name,
          value,
          applyMethod: name === STATIC ? "pending-reboot" : "immediate",
        })),
      lifecycle: { createBeforeDestroy: true },
    });
  }

  /** Which instance is the primary changes with each failover, so that they are numbered. */
  private addInstances(props: DocumentClusterProps): void {
    for (let number = 1; number <= 1 + props.replicas; number += 1) {
      new DocdbClusterInstance(this, `instance_${number}`, {
        identifier: `${props.clusterIdentifier}-${number}`,
        clusterIdentifier: this.cluster.id,
        engine: "docdb",
        instanceClass: props.instanceClass,
        promotionTier: number === 1 ? 0 : 1,
        caCertIdentifier: "rds-ca-rsa2048-g1",
        // DocumentDB knows no such upgrades.
        autoMinorVersionUpgrade: false,
        enablePerformanceInsights: true,
        performanceInsightsKmsKeyId: props.dataKeyArn,
        preferredMaintenanceWindow: MAINTENANCE_WINDOW,
        copyTagsToSnapshot: true,
        applyImmediately: true,
        lifecycle: { preventDestroy: props.protection && number === 1 },
      });
    }
  }
}

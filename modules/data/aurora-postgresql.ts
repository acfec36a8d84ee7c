import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { RdsClusterInstance } from "@cdktf/provider-aws/lib/rds-cluster-instance";
import { RdsClusterParameterGroup } from "@cdktf/provider-aws/lib/rds-cluster-parameter-group";
import { Construct } from "constructs";
import { trustService } from "../identity/policy";
import { Role } from "../identity/role";
import { clusterParameters } from "./postgresql-parameters";

export const POSTGRESQL_PORT = 5432;

const ENGINE = "aurora-postgresql";
/** Sunday night, UTC, clear of each other as AWS asks. */
const BACKUP_WINDOW = "00:30-01:30";
const MAINTENANCE_WINDOW = "sun:02:00-sun:03:00";

export interface AuroraPostgresqlProps {
  /** Identifier of the cluster, and beginning of its instances' and parameter group's names. */
  readonly clusterIdentifier: string;
  /** Such as 16.6. */
  readonly engineVersion: string;
  /** First database in it. */
  readonly databaseName: string;
  readonly instanceClass: string;
  /** Instances beside the writer. */
  readonly readers: number;
  /** Days to which it can be restored. */
  readonly backupRetentionPeriod: number;
  /** Parameters beside the platform's own, by name. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly subnetIds: string[];
  readonly securityGroupId: string;
  /** Key of the storage, of Performance Insights and of the master password. */
  readonly dataKeyArn: string;
  readonly logsKeyArn: string;
  readonly logRetentionInDays: number;
  readonly accountId: string;
  readonly region: string;
  /** The role by which RDS writes the instances' metrics to CloudWatch Logs. */
  readonly monitoringRoleName: string;
  readonly rolePath: string;
  readonly boundaryArn: string;
  /** Whether AWS and Terraform refuse to destroy it, and leave a snapshot when they no longer do. */
  readonly protection: boolean;
}

/**
 * An Aurora PostgreSQL cluster: encrypted, TLS only, sign-in by IAM, the master password kept by RDS. Which instance
 * writes changes with each failover, so that they are numbered.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.BestPractices.html
 */
export class AuroraPostgresql extends Construct {
  readonly cluster: RdsCluster;

  constructor(scope: Construct, id: string, props: AuroraPostgresqlProps) {
    super(scope, id);
    const { clusterIdentifier, protection } = props;
    const subnets = new DbSubnetGroup(this, "subnets", {
      name: clusterIdentifier,
      description: `Isolated subnets of ${clusterIdentifier}`,
      subnetIds: props.subnetIds,
    });
    // RDS would make it without retention or key.
    const logs = new CloudwatchLogGroup(this, "logs", {
      name: `/aws/rds/cluster/${clusterIdentifier}/postgresql`,
      retentionInDays: props.logRetentionInDays,
      kmsKeyId: props.logsKeyArn,
    });
    this.cluster = new RdsCluster(this, "cluster", {
      clusterIdentifier,
      engine: ENGINE,
      engineVersion: props.engineVersion,
      // A major version is a change of the code like any other.
      allowMajorVersionUpgrade: true,
      databaseName: props.databaseName,
      masterUsername: "platform",
      manageMasterUserPassword: true,
      masterUserSecretKmsKeyId: props.dataKeyArn,
      storageEncrypted: true,
      kmsKeyId: props.dataKeyArn,
      port: POSTGRESQL_PORT,
      dbSubnetGroupName: subnets.name,
      vpcSecurityGroupIds: [props.securityGroupId],
      dbClusterParameterGroupName: this.parameterGroup(props).name,
      iamDatabaseAuthenticationEnabled: true,
      enabledCloudwatchLogsExports: ["postgresql"],
      backupRetentionPeriod: props.backupRetentionPeriod,
      preferredBackupWindow: BACKUP_WINDOW,
      preferredMaintenanceWindow: MAINTENANCE_WINDOW,
      copyTagsToSnapshot: true,
      deletionProtection: protection,
      deleteAutomatedBackups: !protection,
      skipFinalSnapshot: !protection,
      ...(protection ? { finalSnapshotIdentifier: `${clusterIdentifier}-final` } : {}),
      // What is merged is what runs: in the maintenance window, each plan until then would show it again.
      applyImmediately: true,
      lifecycle: { preventDestroy: protection },
      dependsOn: [logs],
    });
    this.addInstances(props, subnets);
  }

  /** A family belongs to a major version: a new group is made before the old one goes. */
  private parameterGroup({ clusterIdentifier, engineVersion, parameters }: AuroraPostgresqlProps) {
    const major = engineVersion.split(".")[0] ?? engineVersion;
    return new RdsClusterParameterGroup(this, "parameters", {
      name: `${clusterIdentifier}-${major}`,
      family: `${ENGINE}${major}`,
      description: `Parameters of ${clusterIdentifier}`,
      parameter: clusterParameters(parameters),
      lifecycle: { createBeforeDestroy: true },
    });
  }

  private addInstances(props: AuroraPostgresqlProps, subnets: DbSubnetGroup): void {
    const { clusterIdentifier } = props;
    const monitoring = this.monitoringRole(props);
    for (let number = 1; number <= 1 + props.readers; number += 1) {
      new RdsClusterInstance(this, `instance_${number}`, {
        identifier: `${clusterIdentifier}-${number}`,
        clusterIdentifier: this.cluster.id,
        engine: ENGINE,
        instanceClass: props.instanceClass,
        dbSubnetGroupName: subnets.name,
        publiclyAccessible: false,
        promotionTier: number === 1 ? 0 : 1,
        caCertIdentifier: "rds-ca-rsa2048-g1",
        // AWS's own upgrades would differ from the version in the code.
        autoMinorVersionUpgrade: false,
        performanceInsightsEnabled: true,
        performanceInsightsKmsKeyId: props.dataKeyArn,
        // As long as it is free of charge.
        performanceInsightsRetentionPeriod: 7,
        monitoringInterval: 60,
        monitoringRoleArn: monitoring.role.arn,
        preferredMaintenanceWindow: MAINTENANCE_WINDOW,
        copyTagsToSnapshot: true,
        applyImmediately: true,
        lifecycle: { preventDestroy: props.protection && number === 1 },
        dependsOn: monitoring.permissions,
      });
    }
  }

  /** https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_Monitoring.OS.Enabling.html */
  private monitoringRole(props: AuroraPostgresqlProps): Role {
    const { accountId, region, clusterIdentifier } = props;
    return new Role(this, "monitoring", {
      roleName: props.monitoringRoleName,
      path: props.rolePath,
      description: `Lets RDS record the metrics of ${clusterIdentifier}'s instances`,
      boundaryArn: props.boundaryArn,
      trust: [
        trustService(
          "monitoring.rds.amazonaws.com",
          accountId,
          `arn:aws:rds:${region}:${accountId}:db:${clusterIdentifier}-*`,
        ),
      ],
      managedPolicies: {
        metrics: "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole",
      },
    });
  }
}

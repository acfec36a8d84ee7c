import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { RdsCluster, type RdsClusterConfig } from "@cdktf/provider-aws/lib/rds-cluster";
import { RdsClusterInstance } from "@cdktf/provider-aws/lib/rds-cluster-instance";
import { RdsClusterParameterGroup } from "@cdktf/provider-aws/lib/rds-cluster-parameter-group";
import { Construct } from "constructs";
import { AuroraReaderScaling } from "./aurora-reader-scaling";
import { beginning, globalCluster, type GlobalMembership } from "./aurora-beginning";
import { databaseParameters, inNames } from "./database-parameters";
import {
  BACKUP_WINDOW,
  CERTIFICATE_AUTHORITY,
  MAINTENANCE_WINDOW,
  type RestoreSource,
} from "./database-settings";
import { monitoringRole } from "./monitoring-role";

export type AuroraEngine = "aurora-postgresql" | "aurora-mysql";

/** Logs that go to CloudWatch, by engine. */
const LOGS: Readonly<Record<AuroraEngine, readonly string[]>> = {
  "aurora-postgresql": ["postgresql"],
  "aurora-mysql": ["audit", "error", "slowquery"],
};

export interface AuroraProps {
  readonly engine: AuroraEngine;
  /** Such as 16.6, or 8.0.mysql_aurora.3.10.0. */
  readonly engineVersion: string;
  /** Release that parameter groups belong to, such as 16 or 8.0, and their family. */
  readonly majorVersion: string;
  readonly parameterFamily: string;
  /** Identifier of the cluster, and beginning of its instances' and parameter group's names. */
  readonly clusterIdentifier: string;
  readonly port: number;
  /** First database in it. */
  readonly databaseName: string;
  /** db.serverless where `serverless` says how much. */
  readonly instanceClass: string;
  /** Capacity units of each instance. @default provisioned */
  readonly serverless?: {
    readonly minCapacity: number;
    readonly maxCapacity: number;
    readonly secondsUntilAutoPause?: number;
  };
  /** Instances beside the writer. */
  readonly readers: number;
  /** Further readers by their CPU. @default none */
  readonly readerAutoScaling?: { readonly maxReaders: number; readonly targetCpu: number };
  /** Zones that the instances go round. @default AWS chooses */
  readonly availabilityZones?: readonly string[];
  readonly storageType: "aurora" | "aurora-iopt1";
  readonly performanceInsights: boolean;
  /** Days to which it can be restored. */
  readonly backupRetentionPeriod: number;
  readonly logicalReplication: boolean;
  /** Parameters beside the platform's own, by name. */
  readonly parameters: Readonly<Record<string, string>>;
  /** What it is made from. @default empty */
  readonly restoreFrom?: RestoreSource;
  /** Its part in a global database. @default none */
  readonly global?: GlobalMembership;
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
  /** Whether AWS and Terraform refuse to destroy it. */
  readonly protection: boolean;
  /** Whether it leaves a snapshot when they no longer do. */
  readonly finalSnapshot: boolean;
}

/**
 * An Aurora cluster: encrypted, TLS only, sign-in by IAM, the master password kept by RDS. Which instance
 * writes changes with each failover, so that they are numbered.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.BestPractices.html
 */
export class Aurora extends Construct {
  readonly cluster: RdsCluster;

  constructor(scope: Construct, id: string, props: AuroraProps) {
    super(scope, id);
    const { clusterIdentifier, protection } = props;
    const subnets = new DbSubnetGroup(this, "subnets", {
      name: clusterIdentifier,
      description: `Isolated subnets of ${clusterIdentifier}`,
      subnetIds: props.subnetIds,
    });
    const exports = LOGS[props.engine];
    // RDS would make them without retention or key.
    const logs = exports.map(
      (log) =>
        new CloudwatchLogGroup(this, exports.length === 1 ? "logs" : `logs_${log}`, {
          name: `/aws/rds/cluster/${clusterIdentifier}/${log}`,
          retentionInDays: props.logRetentionInDays,
          kmsKeyId: props.logsKeyArn,
        }),
    );
    const start = beginning(props);
    const config: RdsClusterConfig = {
      clusterIdentifier,
      engine: props.engine,
      engineVersion: props.engineVersion,
      // A major version is a change of the code like any other.
      allowMajorVersionUpgrade: true,
      ...start.config,
      storageEncrypted: true,
      kmsKeyId: props.dataKeyArn,
      // Of the standard type AWS says nothing.
      ...(props.storageType === "aurora" ? {} : { storageType: props.storageType }),
      ...(props.serverless === undefined
        ? {}
        : { serverlessv2ScalingConfiguration: capacity(props.serverless) }),
      port: props.port,
      dbSubnetGroupName: subnets.name,
      vpcSecurityGroupIds: [props.securityGroupId],
      dbClusterParameterGroupName: this.parameterGroup(props).name,
      iamDatabaseAuthenticationEnabled: true,
      enabledCloudwatchLogsExports: [...exports],
      backupRetentionPeriod: props.backupRetentionPeriod,
      preferredBackupWindow: BACKUP_WINDOW,
      preferredMaintenanceWindow: MAINTENANCE_WINDOW,
      copyTagsToSnapshot: true,
      deletionProtection: protection,
      deleteAutomatedBackups: !props.finalSnapshot,
      skipFinalSnapshot: !props.finalSnapshot,
      ...(props.finalSnapshot ? { finalSnapshotIdentifier: `${clusterIdentifier}-final` } : {}),
      // What is merged is what runs: in the maintenance window, each plan until then would show it again.
      applyImmediately: true,
      lifecycle: {
        preventDestroy: protection,
        ...(start.ignored.length === 0 ? {} : { ignoreChanges: [...start.ignored] }),
      },
      dependsOn: logs,
    };
    this.cluster = new RdsCluster(this, "cluster", config);
    if (props.global?.role === "primary") globalCluster(this, props.global, this.cluster, protection);
    const instances = this.addInstances(props, subnets);
    if (props.readerAutoScaling !== undefined)
      new AuroraReaderScaling(this, "readers", {
        clusterIdentifier,
        minReaders: props.readers,
        ...props.readerAutoScaling,
        dependsOn: instances,
      });
  }

  /** A family belongs to a major version: a new group is made before the old one goes. */
  private parameterGroup(props: AuroraProps) {
    const { clusterIdentifier, majorVersion } = props;
    return new RdsClusterParameterGroup(this, "parameters", {
      name: `${clusterIdentifier}-${inNames(majorVersion)}`,
      family: props.parameterFamily,
      description: `Parameters of ${clusterIdentifier}`,
      parameter: databaseParameters(props),
      lifecycle: { createBeforeDestroy: true },
    });
  }

  private addInstances(props: AuroraProps, subnets: DbSubnetGroup): RdsClusterInstance[] {
    const { clusterIdentifier, availabilityZones: zones } = props;
    const monitoring = monitoringRole(this, {
      ...props,
      identifier: clusterIdentifier,
      roleName: props.monitoringRoleName,
      instances: [
        `${clusterIdentifier}-*`,
        // How Application Auto Scaling calls the readers that it adds.
        ...(props.readerAutoScaling === undefined ? [] : ["application-autoscaling-*"]),
      ],
    });
    return Array.from({ length: 1 + props.readers }, (_, index) => {
      const zone = zones?.[index % zones.length];
      return new RdsClusterInstance(this, `instance_${index + 1}`, {
        identifier: `${clusterIdentifier}-${index + 1}`,
        clusterIdentifier: this.cluster.id,
        engine: props.engine,
        instanceClass: props.instanceClass,
        dbSubnetGroupName: subnets.name,
        ...(zone === undefined ? {} : { availabilityZone: zone }),
        publiclyAccessible: false,
        promotionTier: index === 0 ? 0 : 1,
        caCertIdentifier: CERTIFICATE_AUTHORITY,
        // AWS's own upgrades would differ from the version in the code.
        autoMinorVersionUpgrade: false,
        ...(props.performanceInsights
          ? {
              performanceInsightsEnabled: true,
              performanceInsightsKmsKeyId: props.dataKeyArn,
              // As long as it is free of charge.
              performanceInsightsRetentionPeriod: 7,
            }
          : {}),
        monitoringInterval: 60,
        monitoringRoleArn: monitoring.role.arn,
        preferredMaintenanceWindow: MAINTENANCE_WINDOW,
        copyTagsToSnapshot: true,
        applyImmediately: true,
        lifecycle: { preventDestroy: props.protection && index === 0 },
        dependsOn: monitoring.permissions,
      });
    });
  }
}

function capacity({
  minCapacity,
  maxCapacity,
  secondsUntilAutoPause,
}: NonNullable<AuroraProps["serverless"]>) {
  return {
    minCapacity,
    maxCapacity,
    ...(minCapacity === 0 ? { secondsUntilAutoPause: secondsUntilAutoPause ?? 300 } : {}),
  };
}

import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DbInstance, type DbInstanceConfig } from "@cdktf/provider-aws/lib/db-instance";
import { DbOptionGroup } from "@cdktf/provider-aws/lib/db-option-group";
import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { Construct } from "constructs";
import { databaseParameters, inNames } from "./database-parameters";
import {
  BACKUP_WINDOW,
  CERTIFICATE_AUTHORITY,
  MAINTENANCE_WINDOW,
  type RestoreSource,
} from "./database-settings";
import { instanceBeginning } from "./rds-beginning";
import { monitoringRole } from "./monitoring-role";

export interface RdsInstanceProps {
  /** Such as mysql or sqlserver-se. */
  readonly engine: string;
  /** Such as 8.4.8. */
  readonly engineVersion: string;
  /** Release that parameter groups belong to, such as 8.4, and their family. */
  readonly majorVersion: string;
  readonly parameterFamily: string;
  /** Identifier of the instance, and beginning of its replicas' and groups' names. */
  readonly identifier: string;
  readonly port: number;
  /** First database in it; SQL Server takes none. */
  readonly databaseName?: string;
  readonly instanceClass: string;
  /** GiB, and GiB to which it grows by itself. */
  readonly allocatedStorage: number;
  readonly maxAllocatedStorage: number;
  /** Operations, and MiB, a second. @default what gp3 has of the size */
  readonly iops?: number;
  readonly storageThroughput?: number;
  readonly multiAz: boolean;
  /** Read replicas. */
  readonly readers: number;
  /** SQL Server's, as its editions have them. @default AWS's */
  readonly collation?: string;
  readonly timezone?: string;
  readonly signsInByIam: boolean;
  readonly performanceInsights: boolean;
  /** Days to which it can be restored. */
  readonly backupRetentionPeriod: number;
  readonly logicalReplication: boolean;
  /** Parameters beside the platform's own, by name. */
  readonly parameters: Readonly<Record<string, string>>;
  /** What it is made from. @default empty */
  readonly restoreFrom?: RestoreSource;
  readonly subnetIds: string[];
  readonly securityGroupId: string;
  /** Key of the storage, of Performance Insights and of the master password. */
  readonly dataKeyArn: string;
  readonly logsKeyArn: string;
  readonly logRetentionInDays: number;
  readonly accountId: string;
  readonly region: string;
  readonly monitoringRoleName: string;
  readonly rolePath: string;
  readonly boundaryArn: string;
  /** Whether AWS and Terraform refuse to destroy it. */
  readonly protection: boolean;
  /** Whether it leaves a snapshot when they no longer do. */
  readonly finalSnapshot: boolean;
}

/** Engines whose audit is an option. */
const AUDITED_BY_OPTION = ["mysql", "mariadb"];

/** Logs that go to CloudWatch. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.html */
function logsOf(engine: string): readonly string[] {
  if (engine === "postgres") return ["postgresql", "upgrade"];
  if (AUDITED_BY_OPTION.includes(engine)) return ["audit", "error", "slowquery"];
  return engine === "sqlserver-ex" ? ["error"] : ["agent", "error"];
}

/**
 * An instance of RDS with its read replicas: encrypted, TLS only, sign-in by IAM where the engine knows it, the master
 * password kept by RDS where AWS can. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_BestPractices.html
 */
export class RdsInstance extends Construct {
  readonly instance: DbInstance;
  readonly replicas: readonly DbInstance[];

  constructor(scope: Construct, id: string, props: RdsInstanceProps) {
    super(scope, id);
    const { identifier, engine, protection } = props;
    const sqlServer = engine.startsWith("sqlserver-");
    const subnets = new DbSubnetGroup(this, "subnets", {
      name: identifier,
      description: `Isolated subnets of ${identifier}`,
      subnetIds: props.subnetIds,
    });
    const options = AUDITED_BY_OPTION.includes(engine) ? this.optionGroup(props) : undefined;
    const start = instanceBeginning(props);
    const shared = this.shared(props);
    this.instance = new DbInstance(this, "instance", {
      ...shared,
      identifier,
      engine,
      engineVersion: props.engineVersion,
      // A major version is a change of the code like any other.
      allowMajorVersionUpgrade: true,
      ...start.config,
      ...(sqlServer ? { licenseModel: "license-included" } : {}),
      ...(props.collation === undefined ? {} : { characterSetName: props.collation }),
      ...(props.timezone === undefined ? {} : { timezone: props.timezone }),
      ...(options === undefined ? {} : { optionGroupName: options.name }),
      allocatedStorage: props.allocatedStorage,
      ...(props.iops === undefined ? {} : { iops: props.iops }),
      ...(props.storageThroughput === undefined ? {} : { storageThroughput: props.storageThroughput }),
      kmsKeyId: props.dataKeyArn,
      port: props.port,
      dbSubnetGroupName: subnets.name,
      multiAz: props.multiAz,
      backupRetentionPeriod: props.backupRetentionPeriod,
      backupWindow: BACKUP_WINDOW,
      deletionProtection: protection,
      deleteAutomatedBackups: !props.finalSnapshot,
      skipFinalSnapshot: !props.finalSnapshot,
      ...(props.finalSnapshot ? { finalSnapshotIdentifier: `${identifier}-final` } : {}),
      lifecycle: {
        preventDestroy: protection,
        ...(start.ignored.length === 0 ? {} : { ignoreChanges: [...start.ignored] }),
      },
      dependsOn: [...this.logGroups(props, identifier, ""), ...shared.dependsOn],
    });
    this.replicas = Array.from({ length: props.readers }, (_, index) =>
      this.replica(props, shared, `${identifier}-replica-${index + 1}`, `replica_${index + 1}`),
    );
  }

  /** A copy, of the same key and in the same subnets as AWS has it; it keeps no backups and leaves no snapshot. */
  private replica(
    props: RdsInstanceProps,
    shared: ReturnType<RdsInstance["shared"]>,
    identifier: string,
    id: string,
  ): DbInstance {
    return new DbInstance(this, id, {
      ...shared,
      identifier,
      replicateSourceDb: this.instance.identifier,
      skipFinalSnapshot: true,
      dependsOn: [...this.logGroups(props, identifier, `${id}_`), ...shared.dependsOn],
    });
  }

  /** What an instance and its replicas have in common. */
  private shared(props: RdsInstanceProps) {
    const { identifier } = props;
    const monitoring = monitoringRole(this, {
      ...props,
      roleName: props.monitoringRoleName,
      instances: [identifier, `${identifier}-replica-*`],
    });
    return {
      instanceClass: props.instanceClass,
      storageType: "gp3",
      storageEncrypted: true,
      maxAllocatedStorage: props.maxAllocatedStorage,
      parameterGroupName: this.parameterGroup(props).name,
      vpcSecurityGroupIds: [props.securityGroupId],
      publiclyAccessible: false,
      caCertIdentifier: CERTIFICATE_AUTHORITY,
      ...(props.signsInByIam ? { iamDatabaseAuthenticationEnabled: true } : {}),
      enabledCloudwatchLogsExports: [...logsOf(props.engine)],
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
      maintenanceWindow: MAINTENANCE_WINDOW,
      copyTagsToSnapshot: true,
      // What is merged is what runs: in the maintenance window, each plan until then would show it again.
      applyImmediately: true,
      dependsOn: monitoring.permissions,
    } satisfies DbInstanceConfig;
  }

  /** RDS would make them without retention or key. */
  private logGroups(props: RdsInstanceProps, identifier: string, prefix: string): CloudwatchLogGroup[] {
    return logsOf(props.engine).map(
      (log) =>
        new CloudwatchLogGroup(this, `${prefix}logs_${log}`, {
          name: `/aws/rds/instance/${identifier}/${log}`,
          retentionInDays: props.logRetentionInDays,
          kmsKeyId: props.logsKeyArn,
        }),
    );
  }

  /** A family belongs to a major version: a new group is made before the old one goes. */
  private parameterGroup(props: RdsInstanceProps): DbParameterGroup {
    const { identifier, majorVersion } = props;
    return new DbParameterGroup(this, "parameters", {
      name: `${identifier}-${inNames(majorVersion)}`,
      family: props.parameterFamily,
      description: `Parameters of ${identifier}`,
      parameter: databaseParameters(props),
      lifecycle: { createBeforeDestroy: true },
    });
  }

  /**
   * Who connects, and what changes schema and rights.
   * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.MySQL.Options.AuditPlugin.html
   */
  private optionGroup({ identifier, engine, majorVersion, finalSnapshot }: RdsInstanceProps): DbOptionGroup {
    return new DbOptionGroup(this, "options", {
      name: `${identifier}-${inNames(majorVersion)}`,
      engineName: engine,
      majorEngineVersion: majorVersion,
      optionGroupDescription: `Options of ${identifier}`,
      option: [
        {
          optionName: "MARIADB_AUDIT_PLUGIN",
          optionSettings: [{ name: "SERVER_AUDIT_EVENTS", value: "CONNECT,QUERY_DDL,QUERY_DCL" }],
        },
      ],
      // AWS keeps it as long as a snapshot of the instance needs it.
      skipDestroy: finalSnapshot,
      lifecycle: { createBeforeDestroy: true },
    });
  }
}

import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { EfsAccessPoint } from "@cdktf/provider-aws/lib/efs-access-point";
import { EfsBackupPolicy } from "@cdktf/provider-aws/lib/efs-backup-policy";
import { EfsFileSystem } from "@cdktf/provider-aws/lib/efs-file-system";
import { EfsFileSystemPolicy } from "@cdktf/provider-aws/lib/efs-file-system-policy";
import { EfsMountTarget } from "@cdktf/provider-aws/lib/efs-mount-target";
import { Construct } from "constructs";
import { denyInsecureTransport, forAnyone, isFalse, policyDocument } from "../identity/policy";

export interface AccessPointProps {
  /** Directory that is its root; made with its owner when it is not there. */
  readonly path: string;
  readonly uid: number;
  readonly gid: number;
}

export interface FileSystemProps {
  /** Name and creation token; once an account. */
  readonly fileSystemName: string;
  readonly kmsKeyArn: string;
  /** Zone letter and subnet of each mount target. */
  readonly subnets: readonly { readonly zone: string; readonly subnetId: string }[];
  readonly securityGroupId: string;
  readonly accessPoints: Readonly<Record<string, AccessPointProps>>;
  readonly warningTopicArn: string;
  /** Whether Terraform refuses to destroy it. */
  readonly protection: boolean;
}

/**
 * An EFS file system under a customer key, backed up each day, that takes TLS and access points only.
 * https://docs.aws.amazon.com/efs/latest/ug/security-considerations.html
 */
export class FileSystem extends Construct {
  readonly fileSystem: EfsFileSystem;
  /** By name. */
  readonly accessPoints: ReadonlyMap<string, EfsAccessPoint>;

  constructor(scope: Construct, id: string, props: FileSystemProps) {
    super(scope, id);
    this.fileSystem = new EfsFileSystem(this, "file_system", {
      creationToken: props.fileSystemName,
      encrypted: true,
      kmsKeyId: props.kmsKeyArn,
      performanceMode: "generalPurpose",
      throughputMode: "elastic",
      lifecyclePolicy: [
        { transitionToIa: "AFTER_30_DAYS" },
        { transitionToPrimaryStorageClass: "AFTER_1_ACCESS" },
      ],
      tags: { Name: props.fileSystemName },
      lifecycle: { preventDestroy: props.protection },
    });
    const { id: fileSystemId } = this.fileSystem;
    new EfsBackupPolicy(this, "backup", { fileSystemId, backupPolicy: { status: "ENABLED" } });
    new EfsFileSystemPolicy(this, "policy", {
      fileSystemId,
      policy: policyDocument(this, "policy_document", this.statements()).json,
    });
    for (const { zone, subnetId } of props.subnets) {
      new EfsMountTarget(this, `mount_target_${zone}`, {
        fileSystemId,
        subnetId,
        securityGroups: [props.securityGroupId],
      });
    }
    this.accessPoints = new Map(
      Object.entries(props.accessPoints)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, { path, uid, gid }]) => [
          name,
          new EfsAccessPoint(this, `access_point_${name.replaceAll("-", "_")}`, {
            fileSystemId,
            posixUser: { uid, gid },
            rootDirectory: { path, creationInfo: { ownerUid: uid, ownerGid: gid, permissions: "0750" } },
            tags: { Name: `${props.fileSystemName}-${name}` },
          }),
        ]),
    );
    new CloudwatchMetricAlarm(this, "io_limit", {
      alarmName: `${props.fileSystemName}-io-limit`,
      alarmDescription: `${props.fileSystemName} has been near the most operations that EFS does for half an hour`,
      namespace: "AWS/EFS",
      metricName: "PercentIOLimit",
      dimensions: { FileSystemId: fileSystemId },
      statistic: "Average",
      period: 300,
      evaluationPeriods: 6,
      comparisonOperator: "GreaterThanThreshold",
      threshold: 90,
      treatMissingData: "notBreaching",
      alarmActions: [props.warningTopicArn],
      okActions: [props.warningTopicArn],
    });
  }

  /** A policy that allows nobody leaves it to IAM who may mount: without any, everybody in the network may. */
  private statements() {
    const resources = [this.fileSystem.arn];
    return [
      denyInsecureTransport(resources, "elasticfilesystem:*"),
      {
        sid: "DenyAllButAccessPoints",
        effect: "Deny",
        actions: [
          "elasticfilesystem:ClientMount",
          "elasticfilesystem:ClientRootAccess",
          "elasticfilesystem:ClientWrite",
        ],
        resources,
        principals: forAnyone(),
        condition: [{ test: "Null", variable: "elasticfilesystem:AccessPointArn", values: ["true"] }],
      },
      {
        sid: "DenyFromOutside",
        effect: "Deny",
        actions: ["elasticfilesystem:ClientMount"],
        resources,
        principals: forAnyone(),
        condition: [isFalse("elasticfilesystem:AccessedViaMountTarget")],
      },
    ];
  }
}

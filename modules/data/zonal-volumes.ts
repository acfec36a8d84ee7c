import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { DlmLifecyclePolicy } from "@cdktf/provider-aws/lib/dlm-lifecycle-policy";
import { EbsVolume } from "@cdktf/provider-aws/lib/ebs-volume";
import { Construct } from "constructs";
import { stringEquals, trustService, type Statement } from "../identity/policy";
import { Role } from "../identity/role";

export interface ZonalVolumesProps {
  /** Name of the volumes; their tag `slipway-volume`, by which instances find them. */
  readonly volumeName: string;
  /** Beginning of the names of what belongs to them. */
  readonly prefix: string;
  /** Zone letters, each with a volume. */
  readonly zones: readonly string[];
  readonly accountId: string;
  readonly region: string;
  readonly rolePath: string;
  readonly boundaryArn: string;
  /** GiB. */
  readonly size: number;
  readonly iops: number;
  /** MiB/s. */
  readonly throughput: number;
  readonly kmsKeyArn: string;
  /** Daily snapshots that are kept. */
  readonly snapshots: number;
  readonly criticalTopicArn: string;
  /** Whether Terraform refuses to destroy them, and takes a last snapshot when it may. */
  readonly protection: boolean;
}

/**
 * An EBS volume in each zone, which outlives the instances that mount it, with a snapshot each night.
 * https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-lifecycle.html
 */
export class ZonalVolumes extends Construct {
  /** In the order of the zones. */
  readonly volumes: readonly EbsVolume[];

  constructor(scope: Construct, id: string, props: ZonalVolumesProps) {
    super(scope, id);
    const { region } = props;
    this.volumes = props.zones.map(
      (zone) =>
        new EbsVolume(this, `volume_${zone}`, {
          availabilityZone: `${region}${zone}`,
          type: "gp3",
          size: props.size,
          iops: props.iops,
          throughput: props.throughput,
          encrypted: true,
          kmsKeyId: props.kmsKeyArn,
          finalSnapshot: props.protection,
          tags: { Name: `${props.prefix}-${zone}`, "slipway-volume": props.volumeName },
          lifecycle: { preventDestroy: props.protection },
        }),
    );
    this.addSnapshots(props);
    props.zones.forEach((zone, index) => {
      new CloudwatchMetricAlarm(this, `stalled_${zone}`, {
        alarmName: `${props.prefix}-${zone}-stalled`,
        alarmDescription: `The volume ${props.prefix}-${zone} does no input and output, although it is asked to`,
        namespace: "AWS/EBS",
        metricName: "VolumeStalledIOCheck",
        dimensions: { VolumeId: this.volumes[index]?.id ?? "" },
        statistic: "Maximum",
        period: 60,
        evaluationPeriods: 5,
        comparisonOperator: "GreaterThanThreshold",
        threshold: 0,
        // It is told of attached volumes only.
        treatMissingData: "notBreaching",
        alarmActions: [props.criticalTopicArn],
        okActions: [props.criticalTopicArn],
      });
    });
  }

  private addSnapshots(props: ZonalVolumesProps): void {
    const { accountId, prefix, region, volumeName } = props;
    const { role, permissions } = new Role(this, "snapshots", {
      roleName: `${prefix}-snapshots`,
      path: props.rolePath,
      description: `Lets Data Lifecycle Manager take snapshots of ${prefix}`,
      boundaryArn: props.boundaryArn,
      trust: [trustService("dlm.amazonaws.com", accountId, `arn:aws:dlm:${region}:${accountId}:policy/*`)],
      statements: this.snapshotStatements(region, volumeName),
    });
    new DlmLifecyclePolicy(this, "snapshots_policy", {
      description: `Snapshots of ${prefix}`,
      executionRoleArn: role.arn,
      state: "ENABLED",
      policyDetails: {
        policyType: "EBS_SNAPSHOT_MANAGEMENT",
        resourceTypes: ["VOLUME"],
        targetTags: { "slipway-volume": volumeName },
        schedule: [
          {
            name: "nightly",
            createRule: { interval: 24, intervalUnit: "HOURS", times: ["02:00"] },
            retainRule: { count: props.snapshots },
            copyTags: true,
          },
        ],
      },
      dependsOn: permissions,
    });
  }

  /** https://docs.aws.amazon.com/ebs/latest/userguide/dlm-prerequisites.html */
  private snapshotStatements(region: string, volumeName: string): Statement[] {
    const snapshots = `arn:aws:ec2:${region}::snapshot/*`;
    return [
      {
        sid: "FindVolumesAndSnapshots",
        actions: ["ec2:DescribeInstances", "ec2:DescribeSnapshots", "ec2:DescribeVolumes"],
        resources: ["*"],
      },
      {
        sid: "TakeSnapshots",
        actions: ["ec2:CreateSnapshot", "ec2:CreateSnapshots"],
        resources: [...this.volumes.map(({ arn }) => arn), snapshots],
      },
      { sid: "TagSnapshots", actions: ["ec2:CreateTags"], resources: [snapshots] },
      {
        sid: "DeleteOldSnapshots",
        actions: ["ec2:DeleteSnapshot"],
        resources: [snapshots],
        condition: [stringEquals("aws:ResourceTag/slipway-volume", volumeName)],
      },
    ];
  }
}

import { DlmLifecyclePolicy } from "@cdktf/provider-aws/lib/dlm-lifecycle-policy";
import type { EbsVolume } from "@cdktf/provider-aws/lib/ebs-volume";
import type { Construct } from "constructs";
import { stringEquals, trustService, type Statement } from "../identity/policy";
import { Role } from "../identity/role";

export interface VolumeSnapshotsProps {
  /** Beginning of the names of what belongs to the volumes. */
  readonly prefix: string;
  /** Tag that the volumes have and no others, and that their snapshots take over. */
  readonly tag: { readonly key: string; readonly value: string };
  readonly volumes: readonly EbsVolume[];
  /** Daily snapshots that are kept. */
  readonly snapshots: number;
  readonly accountId: string;
  readonly region: string;
  readonly rolePath: string;
  readonly boundaryArn: string;
}

/** A snapshot of each volume a night: https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-lifecycle.html */
export function addSnapshots(scope: Construct, props: VolumeSnapshotsProps): void {
  const { accountId, prefix, region, tag } = props;
  const { role, permissions } = new Role(scope, "snapshots", {
    roleName: `${prefix}-snapshots`,
    path: props.rolePath,
    description: `Lets Data Lifecycle Manager take snapshots of ${prefix}`,
    boundaryArn: props.boundaryArn,
    trust: [trustService("dlm.amazonaws.com", accountId, `arn:aws:dlm:${region}:${accountId}:policy/*`)],
    statements: snapshotStatements(props),
  });
  new DlmLifecyclePolicy(scope, "snapshots_policy", {
    description: `Snapshots of ${prefix}`,
    executionRoleArn: role.arn,
    state: "ENABLED",
    policyDetails: {
      policyType: "EBS_SNAPSHOT_MANAGEMENT",
      resourceTypes: ["VOLUME"],
      targetTags: { [tag.key]: tag.value },
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
function snapshotStatements({ region, tag, volumes }: VolumeSnapshotsProps): Statement[] {
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
      resources: [...volumes.map(({ arn }) => arn), snapshots],
    },
    { sid: "TagSnapshots", actions: ["ec2:CreateTags"], resources: [snapshots] },
    {
      sid: "DeleteOldSnapshots",
      actions: ["ec2:DeleteSnapshot"],
      resources: [snapshots],
      condition: [stringEquals(`aws:ResourceTag/${tag.key}`, tag.value)],
    },
  ];
}

import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { instanceProfile } from "./instance-profile";
import { isTrue, stringEquals, type Statement } from "./policy";

export interface InstanceRoleProps {
  readonly roleName: string;
  readonly path: string;
  readonly boundaryArn: string;
  readonly accountId: string;
  readonly region: string;
  readonly clusterName: string;
  /** Key of the volumes. */
  readonly dataKeyArn: string;
  /** Tag `slipway-volume` of the volumes that its instances mount. @default none */
  readonly volume?: string;
}

/**
 * What instances of a cluster may do themselves: join it, be reached by Session Manager, attach their volume. What
 * tasks may do is in the tasks' roles, and tasks do not reach this one.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/instance_IAM_role.html
 */
export class InstanceRole extends Construct {
  readonly profileArn: string;
  /** What an instance needs from its first minute on. */
  readonly permissions: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: InstanceRoleProps) {
    super(scope, id);
    const { profile, permissions } = instanceProfile(this, "instance", {
      roleName: props.roleName,
      path: props.path,
      description: "What the cluster's instances may do themselves",
      boundaryArn: props.boundaryArn,
      statements: [
        ...joinStatements(props),
        ...sessionStatements(props),
        ...(props.volume === undefined ? [] : volumeStatements(props, props.volume)),
      ],
    });
    this.profileArn = profile.arn;
    this.permissions = permissions;
  }
}

/** The cluster's part of AmazonEC2ContainerServiceforEC2Role; images and logs are the execution roles' matter. */
function joinStatements({ region, accountId, clusterName }: InstanceRoleProps): Statement[] {
  const arn = (resource: string) => `arn:aws:ecs:${region}:${accountId}:${resource}`;
  return [
    { sid: "FindEndpoint", actions: ["ecs:DiscoverPollEndpoint"], resources: ["*"] },
    {
      sid: "JoinCluster",
      actions: [
        "ecs:DeregisterContainerInstance",
        "ecs:RegisterContainerInstance",
        "ecs:SubmitAttachmentStateChanges",
        "ecs:SubmitContainerStateChange",
        "ecs:SubmitTaskStateChange",
      ],
      resources: [arn(`cluster/${clusterName}`)],
    },
    {
      sid: "ServeCluster",
      actions: [
        "ecs:ListTagsForResource",
        "ecs:Poll",
        "ecs:StartTelemetrySession",
        "ecs:UpdateContainerInstancesState",
      ],
      resources: [arn(`container-instance/${clusterName}/*`), arn(`task/${clusterName}/*`)],
    },
    {
      sid: "TagItself",
      actions: ["ecs:TagResource"],
      resources: [arn(`container-instance/${clusterName}/*`)],
      condition: [stringEquals("ecs:CreateAction", "RegisterContainerInstance")],
    },
    { sid: "ReadItsTags", actions: ["ec2:DescribeTags"], resources: ["*"] },
  ];
}

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-create-iam-instance-profile.html */
function sessionStatements({ region, accountId }: InstanceRoleProps): Statement[] {
  return [
    {
      sid: "OpenSessions",
      actions: [
        "ssmmessages:CreateControlChannel",
        "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
      ],
      resources: ["*"],
    },
    {
      sid: "ReportItself",
      actions: ["ssm:UpdateInstanceInformation"],
      resources: [`arn:aws:ec2:${region}:${accountId}:instance/*`],
    },
  ];
}

/** https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption-requirements.html#ebs-encryption-permissions */
function volumeStatements(props: InstanceRoleProps, volume: string): Statement[] {
  const { region, accountId, dataKeyArn } = props;
  const viaEc2 = stringEquals("kms:ViaService", `ec2.${region}.amazonaws.com`);
  const arn = (resource: string) => `arn:aws:ec2:${region}:${accountId}:${resource}`;
  return [
    { sid: "FindVolumes", actions: ["ec2:DescribeVolumes"], resources: ["*"] },
    {
      sid: "AttachVolume",
      actions: ["ec2:AttachVolume"],
      resources: [arn("instance/*"), arn("volume/*")],
      condition: [stringEquals("aws:ResourceTag/slipway-volume", volume)],
    },
    {
      sid: "UseVolumeKey",
      actions: ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKeyWithoutPlaintext"],
      resources: [dataKeyArn],
      condition: [viaEc2],
    },
    {
      sid: "GrantVolumeKey",
      actions: ["kms:CreateGrant"],
      resources: [dataKeyArn],
      condition: [viaEc2, isTrue("kms:GrantIsForAWSResource")],
    },
  ];
}

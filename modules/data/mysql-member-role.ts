import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { instanceProfile } from "../identity/instance-profile";
import { stringEquals, type Statement } from "../identity/policy";

export interface MysqlMemberRoleProps {
  readonly roleName: string;
  readonly path: string;
  readonly boundaryArn: string;
  readonly accountId: string;
  readonly region: string;
  /** ARN of the one object with MySQL's packages. */
  readonly packageArn: string;
  readonly backupBucketArn: string;
  readonly secretArn: string;
  readonly logGroupArn: string;
  /** Namespace of its metrics. */
  readonly namespace: string;
  /** Key of the secret, the packages and the backups. */
  readonly dataKeyArn: string;
}

/**
 * What MySQL's instances may do themselves: be looked after by Systems Manager, fetch packages and one password, leave
 * backups that they cannot delete, and say how they are.
 */
export class MysqlMemberRole extends Construct {
  readonly profileName: string;
  /** What an instance needs from its first minute on. */
  readonly permissions: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: MysqlMemberRoleProps) {
    super(scope, id);
    const { profile, permissions } = instanceProfile(this, "member", {
      roleName: props.roleName,
      path: props.path,
      description: "What MySQL's instances may do themselves",
      boundaryArn: props.boundaryArn,
      statements: [...managedStatements(props), ...ownStatements(props)],
    });
    this.profileName = profile.name;
    this.permissions = permissions;
  }
}

/**
 * AmazonSSMManagedInstanceCore without its reach to every parameter of the account.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-instance-permissions.html
 */
function managedStatements({ region, accountId }: MysqlMemberRoleProps): Statement[] {
  const instances = `arn:aws:ec2:${region}:${accountId}:instance/*`;
  const ssm = (resource: string) => `arn:aws:ssm:${region}:${accountId}:${resource}`;
  return [
    {
      sid: "BeManaged",
      actions: [
        "ssm:DescribeAssociation",
        "ssm:DescribeDocument",
        "ssm:GetDeployablePatchSnapshotForInstance",
        "ssm:GetDocument",
        "ssm:GetManifest",
        "ssm:ListAssociations",
        "ssm:ListInstanceAssociations",
        "ssm:PutConfigurePackageResult",
        "ssm:PutInventory",
      ],
      resources: ["*"],
      condition: [stringEquals("aws:RequestedRegion", region)],
    },
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
      actions: [
        "ssm:PutComplianceItems",
        "ssm:UpdateAssociationStatus",
        "ssm:UpdateInstanceAssociationStatus",
        "ssm:UpdateInstanceInformation",
      ],
      resources: [instances, ssm("association/*"), ssm("document/*")],
    },
    {
      // What Patch Manager's document fetches, as this role; signed addresses of snapshots are not.
      sid: "FetchPatchTools",
      actions: ["s3:GetObject"],
      resources: [`arn:aws:s3:::aws-ssm-${region}/*`, `arn:aws:s3:::patch-baseline-snapshot-${region}/*`],
    },
  ];
}

function ownStatements(props: MysqlMemberRoleProps): Statement[] {
  const { region, backupBucketArn, dataKeyArn } = props;
  return [
    { sid: "FetchPackages", actions: ["s3:GetObject"], resources: [props.packageArn] },
    { sid: "LookForBackups", actions: ["s3:ListBucket"], resources: [backupBucketArn] },
    {
      sid: "LeaveBackups",
      actions: ["s3:AbortMultipartUpload", "s3:PutObject"],
      resources: [`${backupBucketArn}/dumps/*`],
    },
    { sid: "ReadPassword", actions: ["secretsmanager:GetSecretValue"], resources: [props.secretArn] },
    {
      sid: "UseDataKey",
      actions: ["kms:Decrypt", "kms:GenerateDataKey"],
      resources: [dataKeyArn],
      condition: [
        stringEquals(
          "kms:ViaService",
          `s3.${region}.amazonaws.com`,
          `secretsmanager.${region}.amazonaws.com`,
        ),
      ],
    },
    {
      sid: "WriteLogs",
      actions: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      resources: [`${props.logGroupArn}:*`],
    },
    {
      sid: "SayHowItIs",
      actions: ["cloudwatch:PutMetricData"],
      resources: ["*"],
      condition: [stringEquals("cloudwatch:namespace", props.namespace)],
    },
  ];
}

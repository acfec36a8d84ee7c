import { arnLike, isTrue, stringEquals, type Statement } from "./policy";

export interface AutomationScope {
  readonly accountId: string;
  readonly region: string;
  /** Regions in which anything may be made. */
  readonly allowedRegions: readonly string[];
  readonly stateBucketArn: string;
  readonly stateKeyArn: string;
  /** Secrets with the users of brokers, whose passwords are in the states as well. */
  readonly brokerSecretsArn: string;
  readonly boundaryArn: string;
  /** IAM path of workload roles, `/slipway/`. */
  readonly workloadRolePath: string;
  /** Prefix of the names of people's roles and groups. */
  readonly peoplePrefix: string;
}

/** Data that a plan needs no sight of, although AWS's ReadOnlyAccess shows it. */
const DATA_READS = [
  "athena:GetQueryResults*",
  "cognito-idp:AdminGetUser",
  "cognito-idp:ListUsers",
  "dynamodb:BatchGetItem",
  "dynamodb:GetItem",
  "dynamodb:Query",
  "dynamodb:Scan",
  "ecr:GetDownloadUrlForLayer",
  "kinesis:GetRecords",
  "lambda:GetFunction",
  "logs:FilterLogEvents",
  "logs:GetLogEvents",
  "logs:GetQueryResults",
  "logs:StartQuery",
  "rds:DownloadDBLogFilePortion",
  "secretsmanager:BatchGetSecretValue",
  "sqs:ReceiveMessage",
] as const;

/** Reading states; writing nothing but their lock files. */
export function planPermissions(scope: AutomationScope): Statement[] {
  const { stateBucketArn, stateKeyArn, brokerSecretsArn } = scope;
  return [
    { sid: "ListStates", actions: ["s3:ListBucket"], resources: [stateBucketArn] },
    { sid: "ReadStates", actions: ["s3:GetObject"], resources: [`${stateBucketArn}/*.tfstate`] },
    {
      sid: "LockStates",
      actions: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
      resources: [`${stateBucketArn}/*.tflock`],
    },
    {
      sid: "UseStateKey",
      actions: ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"],
      resources: [stateKeyArn],
    },
    { sid: "NoData", effect: "Deny", actions: [...DATA_READS], resources: ["*"] },
    {
      sid: "NoSecretsButBrokers",
      effect: "Deny",
      actions: ["secretsmanager:GetSecretValue"],
      notResources: [brokerSecretsArn],
    },
    ...brokerPasswords(scope, "secretsmanager:GetSecretValue"),
    {
      sid: "NoObjectsButStates",
      effect: "Deny",
      actions: ["s3:GetObject", "s3:GetObjectVersion"],
      notResources: [`${stateBucketArn}/*`],
    },
  ];
}

/** What may be made, changed and destroyed in each AWS service, within the allowed regions. */
const MANAGED_SERVICES = [
  "acm",
  "application-autoscaling",
  "autoscaling",
  "cloudwatch",
  "cognito-idp",
  "dlm",
  "ec2",
  "ecr",
  "ecs",
  "elasticfilesystem",
  "elasticloadbalancing",
  "events",
  "logs",
  "mq",
  "route53",
  "servicediscovery",
  "sns",
  "sqs",
  "tag",
  "wafv2",
] as const;

/** Writing states and making what the platform's stacks hold; roles only under the boundary. */
export function applyPermissions(scope: AutomationScope): Statement[] {
  const {
    accountId,
    allowedRegions,
    stateBucketArn,
    stateKeyArn,
    boundaryArn,
    workloadRolePath,
    peoplePrefix,
    region,
  } = scope;
  const iam = (resource: string) => `arn:aws:iam::${accountId}:${resource}`;
  const roles = [iam(`role${workloadRolePath}*`), iam(`role/${peoplePrefix}*`)];
  // IAM, Route 53 and other global services answer from us-east-1.
  const inRegions = stringEquals("aws:RequestedRegion", ...new Set([...allowedRegions, "us-east-1"]));
  const underBoundary = stringEquals("iam:PermissionsBoundary", boundaryArn);
  return [
    { sid: "ListStates", actions: ["s3:ListBucket"], resources: [stateBucketArn] },
    {
      sid: "WriteStates",
      actions: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
      resources: [`${stateBucketArn}/*.tfstate`, `${stateBucketArn}/*.tflock`],
    },
    {
      sid: "UseStateKey",
      actions: ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"],
      resources: [stateKeyArn],
    },
    {
      sid: "ManageServices",
      actions: MANAGED_SERVICES.map((service) => `${service}:*`),
      resources: ["*"],
      condition: [inRegions],
    },
    {
      // It answers from these regions only, none of which has to be one of the organization's.
      sid: "ManageChatChannels",
      actions: [
        "chatbot:CreateSlackChannelConfiguration",
        "chatbot:DeleteSlackChannelConfiguration",
        "chatbot:Describe*",
        "chatbot:ListTagsForResource",
        "chatbot:TagResource",
        "chatbot:UntagResource",
        "chatbot:UpdateSlackChannelConfiguration",
      ],
      resources: ["*"],
      condition: [
        stringEquals("aws:RequestedRegion", "ap-southeast-1", "eu-west-1", "us-east-2", "us-west-2"),
      ],
    },
    {
      sid: "ManageBuckets",
      actions: [
        "s3:CreateBucket",
        "s3:DeleteBucket*",
        "s3:Get*",
        "s3:List*",
        "s3:PutBucket*",
        "s3:PutEncryptionConfiguration",
        "s3:PutLifecycleConfiguration",
        "s3:TagResource",
        "s3:UntagResource",
      ],
      resources: [`arn:aws:s3:::${peoplePrefix}*-${accountId}`],
    },
    {
      sid: "EmptyBuckets",
      actions: ["s3:DeleteObject", "s3:DeleteObjectVersion"],
      resources: [`arn:aws:s3:::${peoplePrefix}*-access-logs-${accountId}/*`],
    },
    {
      sid: "ManageKeys",
      actions: [
        "kms:CancelKeyDeletion",
        "kms:CreateAlias",
        "kms:CreateKey",
        "kms:DeleteAlias",
        "kms:Describe*",
        "kms:DisableKey*",
        "kms:Enable*",
        "kms:Get*",
        "kms:List*",
        "kms:PutKeyPolicy",
        "kms:ScheduleKeyDeletion",
        "kms:TagResource",
        "kms:UntagResource",
        "kms:Update*",
      ],
      resources: ["*"],
      condition: [inRegions],
    },
    {
      // ECR, EBS and EFS keep a grant on the key of each repository, volume and file system.
      sid: "GrantKeysToServices",
      actions: ["kms:CreateGrant", "kms:RetireGrant"],
      resources: [`arn:aws:kms:${region}:${accountId}:key/*`],
      condition: [isTrue("kms:GrantIsForAWSResource")],
    },
    {
      // Whoever makes an encrypted volume must be able to use its key.
      // https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption-requirements.html
      sid: "UseKeysThroughServices",
      actions: ["kms:Decrypt", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncrypt*"],
      resources: [`arn:aws:kms:${region}:${accountId}:key/*`],
      condition: [
        stringEquals(
          "kms:ViaService",
          `ec2.${region}.amazonaws.com`,
          `elasticfilesystem.${region}.amazonaws.com`,
        ),
      ],
    },
    {
      sid: "ManageSecretsWithoutReadingThem",
      actions: [
        "secretsmanager:CreateSecret",
        "secretsmanager:DeleteSecret",
        "secretsmanager:DescribeSecret",
        "secretsmanager:GetResourcePolicy",
        "secretsmanager:List*",
        "secretsmanager:PutResourcePolicy",
        "secretsmanager:RestoreSecret",
        "secretsmanager:TagResource",
        "secretsmanager:UntagResource",
        "secretsmanager:UpdateSecret",
      ],
      resources: [`arn:aws:secretsmanager:${region}:${accountId}:secret:*`],
    },
    ...brokerPasswords(scope, "secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue"),
    {
      sid: "ManageParameters",
      actions: [
        "ssm:AddTagsToResource",
        "ssm:DeleteParameter",
        "ssm:GetParameter",
        "ssm:GetParameters",
        "ssm:ListTagsForResource",
        "ssm:PutParameter",
        "ssm:RemoveTagsFromResource",
      ],
      resources: [`arn:aws:ssm:${region}:${accountId}:parameter/slipway/*`],
    },
    {
      // Auto Scaling lets nobody name an image by a parameter who could not read it.
      sid: "ReadImages",
      actions: ["ssm:GetParameter", "ssm:GetParameters"],
      resources: [`arn:aws:ssm:${region}::parameter/aws/service/ecs/*`],
    },
    {
      sid: "FindParameters",
      actions: ["ssm:DescribeParameters"],
      resources: [`arn:aws:ssm:${region}:${accountId}:*`],
    },
    {
      sid: "MakeRolesUnderBoundary",
      actions: ["iam:CreateRole", "iam:PutRolePermissionsBoundary"],
      resources: roles,
      condition: [underBoundary],
    },
    {
      sid: "PermitRolesUnderBoundary",
      actions: ["iam:AttachRolePolicy", "iam:DeleteRolePolicy", "iam:DetachRolePolicy", "iam:PutRolePolicy"],
      resources: roles,
      condition: [underBoundary],
    },
    {
      sid: "ManageRoles",
      actions: [
        "iam:DeleteRole",
        "iam:Get*",
        "iam:List*",
        "iam:TagRole",
        "iam:UntagRole",
        "iam:UpdateAssumeRolePolicy",
        "iam:UpdateRole",
        "iam:UpdateRoleDescription",
      ],
      resources: roles,
    },
    {
      sid: "ManageInstanceProfiles",
      actions: [
        "iam:AddRoleToInstanceProfile",
        "iam:CreateInstanceProfile",
        "iam:DeleteInstanceProfile",
        "iam:GetInstanceProfile",
        "iam:RemoveRoleFromInstanceProfile",
        "iam:TagInstanceProfile",
        "iam:UntagInstanceProfile",
      ],
      resources: [iam(`instance-profile${workloadRolePath}*`)],
    },
    {
      sid: "ManageGroups",
      actions: [
        "iam:CreateGroup",
        "iam:DeleteGroup",
        "iam:DeleteGroupPolicy",
        "iam:Get*",
        "iam:List*",
        "iam:PutGroupPolicy",
      ],
      resources: [iam(`group/${peoplePrefix}*`)],
    },
    {
      sid: "PassRolesToServices",
      actions: ["iam:PassRole"],
      resources: [iam(`role${workloadRolePath}*`)],
      condition: [
        stringEquals(
          "iam:PassedToService",
          "chatbot.amazonaws.com",
          "dlm.amazonaws.com",
          "ec2.amazonaws.com",
          "ecs-tasks.amazonaws.com",
          "vpc-flow-logs.amazonaws.com",
        ),
      ],
    },
    {
      sid: "MakeServiceLinkedRoles",
      actions: ["iam:CreateServiceLinkedRole"],
      resources: [iam("role/aws-service-role/*")],
      condition: [
        stringEquals(
          "iam:AWSServiceName",
          "autoscaling.amazonaws.com",
          "ecs.amazonaws.com",
          "ecs.application-autoscaling.amazonaws.com",
          "elasticfilesystem.amazonaws.com",
          "elasticloadbalancing.amazonaws.com",
          "management.chatbot.amazonaws.com",
          "mq.amazonaws.com",
          "spot.amazonaws.com",
        ),
      ],
    },
  ];
}

/**
 * Brokers' users, which the states hold anyway. The provider reads a secret's value back even where it is write-only
 * (https://github.com/hashicorp/terraform-provider-aws/issues/42383, mended in 6.26).
 */
function brokerPasswords(scope: AutomationScope, ...actions: string[]): Statement[] {
  const { accountId, region, brokerSecretsArn } = scope;
  return [
    { sid: "DrawPasswords", actions: ["secretsmanager:GetRandomPassword"], resources: ["*"] },
    { sid: "KeepBrokerPasswords", actions, resources: [brokerSecretsArn] },
    {
      sid: "EncryptBrokerPasswords",
      actions: ["kms:Decrypt", "kms:GenerateDataKey"],
      resources: [`arn:aws:kms:${region}:${accountId}:key/*`],
      condition: [
        stringEquals("kms:ViaService", `secretsmanager.${region}.amazonaws.com`),
        arnLike("kms:EncryptionContext:SecretARN", brokerSecretsArn),
      ],
    },
  ];
}

import { isTrue, stringEquals, stringLike } from "../policy";
import { ROLE_UPKEEP, actions, anywhere, global, here, inRegions, type Grant } from "./grant";

/** Services that a role of a workload may be handed to. */
const PASSED_TO = [
  "apigateway.amazonaws.com",
  "chatbot.amazonaws.com",
  "codedeploy.amazonaws.com",
  "codebuild.amazonaws.com",
  "codepipeline.amazonaws.com",
  "dlm.amazonaws.com",
  "ec2.amazonaws.com",
  "ecr.amazonaws.com",
  "ecs-tasks.amazonaws.com",
  "ecs.amazonaws.com",
  "events.amazonaws.com",
  "firehose.amazonaws.com",
  "lambda.amazonaws.com",
  "monitoring.rds.amazonaws.com",
  "s3.amazonaws.com",
  "scheduler.amazonaws.com",
  "vpc-flow-logs.amazonaws.com",
];

/** Services that make a role of their own when they are first used. */
const LINKED = [
  "autoscaling.amazonaws.com",
  "backup.amazonaws.com",
  "contributorinsights.dynamodb.amazonaws.com",
  "dynamodb.application-autoscaling.amazonaws.com",
  "dms.amazonaws.com",
  "ecs.amazonaws.com",
  "replication.ecr.amazonaws.com",
  "ecs.application-autoscaling.amazonaws.com",
  "elasticache.amazonaws.com",
  "elasticfilesystem.amazonaws.com",
  "elasticloadbalancing.amazonaws.com",
  "inspector2.amazonaws.com",
  "management.chatbot.amazonaws.com",
  "memorydb.amazonaws.com",
  "mq.amazonaws.com",
  "ops.apigateway.amazonaws.com",
  "opensearchservice.amazonaws.com",
  "rds.amazonaws.com",
  "s2svpn.amazonaws.com",
  "rds.application-autoscaling.amazonaws.com",
  "spot.amazonaws.com",
  "wafv2.amazonaws.com",
];

/** Roles under the boundary, and groups; every account has them. */
export const identity: Grant = {
  concern: "identity",
  description: "Roles under the boundary, groups, and whom roles are handed to",
  types: ["aws_iam"],
  statements: (scope) => {
    const { boundaryArn, workloadRolePath, organizationPrefix } = scope;
    const workloadRoles = global(scope, "iam", `role${workloadRolePath}*`);
    const roles = [workloadRoles, global(scope, "iam", `role/${organizationPrefix}*`)];
    const underBoundary = stringEquals("iam:PermissionsBoundary", boundaryArn);
    return [
      {
        sid: "MakeRolesUnderBoundary",
        actions: actions("iam", "CreateRole", "PutRolePermissionsBoundary"),
        resources: roles,
        condition: [underBoundary],
      },
      {
        sid: "PermitRolesUnderBoundary",
        actions: actions("iam", "AttachRolePolicy", "DeleteRolePolicy", "DetachRolePolicy", "PutRolePolicy"),
        resources: roles,
        condition: [underBoundary],
      },
      {
        sid: "ManageRoles",
        actions: ROLE_UPKEEP,
        resources: roles,
      },
      {
        sid: "ManageInstanceProfiles",
        actions: actions(
          "iam",
          "AddRoleToInstanceProfile",
          "CreateInstanceProfile",
          "DeleteInstanceProfile",
          "RemoveRoleFromInstanceProfile",
          "TagInstanceProfile",
          "UntagInstanceProfile",
        ),
        resources: [global(scope, "iam", `instance-profile${workloadRolePath}*`)],
      },
      {
        sid: "ManageGroups",
        actions: actions("iam", "CreateGroup", "DeleteGroup", "DeleteGroupPolicy", "PutGroupPolicy"),
        resources: [global(scope, "iam", `group/${organizationPrefix}*`)],
      },
      {
        sid: "PassRolesToServices",
        actions: ["iam:PassRole"],
        resources: [workloadRoles],
        condition: [stringEquals("iam:PassedToService", ...PASSED_TO)],
      },
      {
        sid: "MakeServiceLinkedRoles",
        actions: ["iam:CreateServiceLinkedRole"],
        resources: [global(scope, "iam", "role/aws-service-role/*")],
        condition: [stringEquals("iam:AWSServiceName", ...LINKED)],
      },
      {
        // The one that a stack holds; AWS refuses it while a domain needs it.
        sid: "KeepServiceLinkedRoles",
        actions: actions("iam", "DeleteServiceLinkedRole", "TagRole", "UntagRole", "UpdateRoleDescription"),
        resources: [global(scope, "iam", "role/aws-service-role/opensearchservice.amazonaws.com/*")],
      },
    ];
  },
};

/** Services that encrypt on behalf of whoever makes their resources. */
const ENCRYPTING = [
  "dms",
  "dynamodb",
  "ec2",
  "elasticache",
  "es",
  "elasticfilesystem",
  "lambda",
  "memorydb",
  "mq",
  "rds",
  "secretsmanager",
];

/** Keys, places of secrets, and the parameters through which stacks know each other; every account has them. */
export const secrets: Grant = {
  concern: "secrets",
  description: "Keys, places of secrets and parameters; no value of a secret",
  types: ["aws_kms", "aws_secretsmanager", "aws_ssm"],
  statements: (scope) => [
    {
      sid: "MakeKeys",
      actions: ["kms:CreateKey"],
      resources: ["*"],
      condition: [inRegions(scope)],
    },
    {
      sid: "ManageKeys",
      actions: actions(
        "kms",
        "CancelKeyDeletion",
        "CreateAlias",
        "DeleteAlias",
        "DisableKey*",
        "Enable*",
        "PutKeyPolicy",
        "ScheduleKeyDeletion",
        "TagResource",
        "UntagResource",
        "Update*",
      ),
      resources: [anywhere(scope, "kms", "key/*"), anywhere(scope, "kms", "alias/*")],
    },
    {
      // ECR, RDS, EBS and others keep a grant on the key of what they encrypt.
      sid: "GrantKeysToServices",
      actions: actions("kms", "CreateGrant", "RetireGrant"),
      resources: [anywhere(scope, "kms", "key/*")],
      condition: [isTrue("kms:GrantIsForAWSResource")],
    },
    {
      sid: "EncryptThroughServices",
      actions: actions("kms", "Decrypt", "Encrypt", "GenerateDataKey*", "ReEncrypt*"),
      resources: [here(scope, "kms", "key/*")],
      condition: [
        stringLike(
          "kms:ViaService",
          ...ENCRYPTING.map((service) => `${service}.${scope.region}.amazonaws.com`),
        ),
      ],
    },
    {
      sid: "ManageSecretsWithoutReadingThem",
      actions: actions(
        "secretsmanager",
        "CancelRotateSecret",
        "CreateSecret",
        "DeleteResourcePolicy",
        "DeleteSecret",
        "PutResourcePolicy",
        "RestoreSecret",
        "RotateSecret",
        "TagResource",
        "UntagResource",
        "UpdateSecret",
      ),
      resources: [here(scope, "secretsmanager", "secret:*")],
    },
    {
      sid: "ManageParameters",
      actions: actions(
        "ssm",
        "AddTagsToResource",
        "DeleteParameter",
        "PutParameter",
        "RemoveTagsFromResource",
      ),
      resources: [here(scope, "ssm", "parameter/slipway/*")],
    },
  ],
};

import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { Construct } from "constructs";
import { policyDocument } from "./policy";

export interface BoundaryProps {
  readonly policyName: string;
  readonly accountId: string;
  /** ARN of the policy itself, which it protects. */
  readonly boundaryArn: string;
  /** Prefix of bootstrap's own roles and policies, which nobody under the boundary may change. */
  readonly bootstrapPrefix: string;
  /** Name of the role by which AWS Organizations lets the management account in; it has no boundary of its own. */
  readonly organizationRoleName: string;
  /** State buckets of the account, one a region. */
  readonly stateBucketArns: readonly string[];
  readonly stateKeyAlias: string;
  /** Whether IAM users may be made, as in the management account until Identity Center comes. */
  readonly allowUsers: boolean;
}

/** AWS services that the platform and what runs on it may use at all, by IAM prefix. */
export const PERMITTED_SERVICES = [
  "access-analyzer",
  "acm",
  "aoss",
  "apigateway",
  "application-autoscaling",
  "athena",
  "autoscaling",
  "backup",
  "batch",
  "ce",
  "chatbot",
  "cloudformation",
  "cloudfront",
  "cloudtrail",
  "cloudwatch",
  "codebuild",
  "codeconnections",
  "codedeploy",
  "codepipeline",
  "codestar-connections",
  "cognito-identity",
  "cognito-idp",
  "config",
  "dlm",
  "dms",
  "dynamodb",
  "ebs",
  "ec2",
  "ecr",
  "ecs",
  "elasticache",
  "elasticfilesystem",
  "elasticloadbalancing",
  "es",
  "events",
  "execute-api",
  "firehose",
  "glue",
  "guardduty",
  "health",
  "iam",
  "inspector2",
  "kinesis",
  "kms",
  "lambda",
  "logs",
  "memorydb",
  "mq",
  "organizations",
  "pi",
  "rds",
  "rds-db",
  "resource-groups",
  "route53",
  "route53resolver",
  "s3",
  "scheduler",
  "secretsmanager",
  "securityhub",
  "servicediscovery",
  "servicequotas",
  "ses",
  "sns",
  "sqs",
  "ssm",
  "ssmmessages",
  "states",
  "sts",
  "support",
  "tag",
  "wafv2",
  "xray",
] as const;

/**
 * What no role of the account can exceed, whatever its policies say: it cannot change bootstrap, shed the
 * boundary, make a role without it, leave the organization, or silence the audit trail.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
export class Boundary extends Construct {
  readonly policy: IamPolicy;

  constructor(scope: Construct, id: string, props: BoundaryProps) {
    super(scope, id);
    const { accountId, bootstrapPrefix, boundaryArn, stateBucketArns } = props;
    const role = (path: string) => `arn:aws:iam::${accountId}:role/${path}`;
    const document = policyDocument(this, "document", [
      {
        sid: "PermittedServices",
        actions: PERMITTED_SERVICES.map((service) => `${service}:*`),
        resources: ["*"],
      },
      {
        sid: "KeepBootstrap",
        effect: "Deny",
        actions: [
          "iam:AddClientIDToOpenIDConnectProvider",
          "iam:Attach*",
          "iam:Create*",
          "iam:Delete*",
          "iam:Detach*",
          "iam:Put*",
          "iam:Remove*",
          "iam:SetDefaultPolicyVersion",
          "iam:Tag*",
          "iam:Untag*",
          "iam:Update*",
        ],
        resources: [
          role(`${bootstrapPrefix}*`),
          role(props.organizationRoleName),
          `arn:aws:iam::${accountId}:policy/${bootstrapPrefix}*`,
          `arn:aws:iam::${accountId}:oidc-provider/*`,
        ],
      },
      {
        sid: "NoRoleWithoutBoundary",
        effect: "Deny",
        actions: ["iam:CreateRole", "iam:PutRolePermissionsBoundary"],
        resources: ["*"],
        condition: [{ test: "StringNotEquals", variable: "iam:PermissionsBoundary", values: [boundaryArn] }],
      },
      {
        sid: "KeepBoundary",
        effect: "Deny",
        actions: ["iam:DeleteRolePermissionsBoundary", "iam:DeleteUserPermissionsBoundary"],
        resources: ["*"],
      },
      ...(props.allowUsers
        ? []
        : [
            {
              sid: "NoUsers",
              effect: "Deny",
              actions: ["iam:CreateAccessKey", "iam:CreateLoginProfile", "iam:CreateUser"],
              resources: ["*"],
            },
          ]),
      {
        sid: "KeepStateBucket",
        effect: "Deny",
        actions: [
          "s3:DeleteBucket*",
          "s3:DeleteObjectVersion",
          "s3:PutBucket*",
          "s3:PutEncryptionConfiguration",
          "s3:PutLifecycleConfiguration",
        ],
        resources: stateBucketArns.flatMap((arn) => [arn, `${arn}/*`]),
      },
      {
        sid: "KeepStateKey",
        effect: "Deny",
        actions: [
          "kms:DeleteAlias",
          "kms:DisableKey*",
          "kms:PutKeyPolicy",
          "kms:ScheduleKeyDeletion",
          "kms:UpdateAlias",
        ],
        resources: ["*"],
        condition: [
          {
            test: "ForAnyValue:StringEquals",
            variable: "kms:ResourceAliases",
            values: [props.stateKeyAlias],
          },
        ],
      },
      {
        sid: "KeepAuditAndAccount",
        effect: "Deny",
        actions: [
          "cloudtrail:DeleteEventDataStore",
          "cloudtrail:DeleteTrail",
          "cloudtrail:PutEventSelectors",
          "cloudtrail:StopLogging",
          "cloudtrail:UpdateTrail",
          "config:DeleteConfigurationRecorder",
          "config:DeleteDeliveryChannel",
          "config:StopConfigurationRecorder",
          "guardduty:DeleteDetector",
          "guardduty:Disassociate*",
          "guardduty:UpdateDetector",
          "organizations:LeaveOrganization",
          "securityhub:BatchDisableStandards",
          "securityhub:DisableSecurityHub",
        ],
        resources: ["*"],
      },
    ]);
    this.policy = new IamPolicy(this, "policy", {
      name: props.policyName,
      description: "What no role of this account can exceed",
      policy: document.json,
    });
  }
}

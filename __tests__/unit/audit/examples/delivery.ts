import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { TerraformStack } from "cdktf";
import { releaseOfOneAccount } from "../../../../modules/audit/guardrails/release-of-one-account";
import { releaseRoleTasksOnly } from "../../../../modules/audit/guardrails/release-role-tasks-only";
import { webIdentityTrust } from "../../../../modules/audit/guardrails/web-identity-trust";
import type { Statement } from "../../../../modules/identity/policy";
import { ACCOUNT, type Example, type Fault } from "../audited";

const document = (stack: TerraformStack, ...statement: Statement[]) =>
  new DataAwsIamPolicyDocument(stack, "document", { statement }).json;
const permission =
  (role: string, ...statements: Statement[]) =>
  (stack: TerraformStack) =>
    new IamRolePolicy(stack, "policy", { role, policy: document(stack, ...statements) });

const ISSUER = "token.actions.githubusercontent.com";
/** A role that deploys to accounts. */
const deploysTo = (...accounts: readonly string[]) =>
  permission(
    "delivery-deploy",
    ...accounts.map((id) => ({
      actions: ["sts:AssumeRole"],
      resources: [`arn:aws:iam::${id}:role/slipway-release`],
    })),
  );

/** A role that a workflow of these subjects takes on. */
const pushedBy = (subject: string, name: string) => (stack: TerraformStack) =>
  new IamRole(stack, "role", {
    name,
    assumeRolePolicy: document(stack, {
      actions: ["sts:AssumeRoleWithWebIdentity"],
      principals: [{ type: "Federated", identifiers: [`arn:aws:iam::${ACCOUNT}:oidc-provider/${ISSUER}`] }],
      condition: [
        { test: "StringEquals", variable: `${ISSUER}:aud`, values: ["sts.amazonaws.com"] },
        { test: "StringLike", variable: `${ISSUER}:sub`, values: [subject] },
      ],
    }),
  });

export const DELIVERY_FAULTS: readonly Fault[] = [
  ...(
    [
      ["makes roles", { actions: ["iam:CreateRole"], resources: ["*"] }, "iam:CreateRole"],
      [
        "writes every state",
        { actions: ["s3:PutObject"], resources: ["arn:aws:s3:::states/*.tfstate"] },
        "s3:PutObject on arn:aws:s3:::states/*.tfstate",
      ],
      [
        "writes contracts",
        {
          actions: ["ssm:PutParameter"],
          resources: ["arn:aws:ssm:eu-central-1:200000000003:parameter/slipway/live/*"],
        },
        "ssm:PutParameter",
      ],
      ["makes services", { actions: ["ecs:CreateService"], resources: ["*"] }, "ecs:CreateService"],
      [
        "links other services than scaling",
        {
          actions: ["iam:CreateServiceLinkedRole"],
          resources: [
            "arn:aws:iam::200000000003:role/aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS",
          ],
        },
        "iam:CreateServiceLinkedRole",
      ],
      ["does all but a little", { notActions: ["iam:*"], resources: ["*"] }, "everything but NotAction"],
    ] satisfies [string, Statement, string][]
  ).map(([shows, statement, given]): Fault => ({
    guardrail: releaseRoleTasksOnly,
    shows: `a role that releases and ${shows}`,
    build: permission("slipway-release", statement),
    address: "aws_iam_role_policy.policy",
    given,
  })),
  {
    guardrail: releaseRoleTasksOnly,
    shows: "a role that releases and may do more by a managed policy",
    build: (stack) =>
      new IamRolePolicyAttachment(stack, "power", {
        role: "slipway-release",
        policyArn: "arn:aws:iam::aws:policy/PowerUserAccess",
      }),
    address: "aws_iam_role_policy_attachment.power",
    given: "PowerUserAccess",
  },
  ...(
    [
      ["of two accounts", ["200000000003", "200000000004"], "200000000003, 200000000004"],
      ["of every account", ["*"], "slipway-release of *"],
    ] as const
  ).map(([shows, accounts, given]): Fault => ({
    guardrail: releaseOfOneAccount,
    shows: `a role that may release as that ${shows}`,
    build: deploysTo(...accounts),
    address: "aws_iam_role_policy.policy",
    given,
  })),
  ...(
    [
      ["any tag, for a role of bootstrap", "repo:acme/orders:ref:refs/tags/v*", "slipway-apply"],
      ["any tag at all", "repo:acme/orders:ref:refs/tags/*", "push-orders"],
      ["tags of every repository", "repo:acme/*:ref:refs/tags/v*", "push-orders"],
      ["branches", "project_path:acme/orders:ref_type:branch:ref:v*", "push-orders"],
    ] as const
  ).map(([shows, subject, name]): Fault => ({
    guardrail: webIdentityTrust,
    shows: `a workflow of ${shows}`,
    build: pushedBy(subject, name),
    address: "aws_iam_role.role",
    given: subject,
  })),
];

export const DELIVERY_SOUND: readonly Example[] = [
  {
    guardrail: releaseOfOneAccount,
    shows: "a role that may release in one account",
    build: deploysTo("200000000003"),
  },
  {
    guardrail: releaseRoleTasksOnly,
    shows: "a role that writes digests, tasks, and the states of services",
    build: permission(
      "slipway-release",
      {
        actions: ["ssm:PutParameter"],
        resources: ["arn:aws:ssm:eu-central-1:200000000003:parameter/slipway/live/release/*"],
      },
      {
        actions: ["s3:GetObject", "s3:PutObject"],
        resources: ["arn:aws:s3:::states/live-service-*.tfstate", "arn:aws:s3:::states/deploys/*"],
      },
      { actions: ["ecs:UpdateService"], resources: ["arn:aws:ecs:*:*:service/*"] },
      {
        actions: ["iam:CreateServiceLinkedRole"],
        resources: [
          "arn:aws:iam::200000000003:role/aws-service-role/ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService",
        ],
      },
    ),
  },
  {
    guardrail: releaseRoleTasksOnly,
    shows: "another role that makes roles",
    build: permission("slipway-apply", { actions: ["iam:CreateRole"], resources: ["*"] }),
  },
  {
    guardrail: webIdentityTrust,
    shows: "a role for tags of one repository on GitHub",
    build: pushedBy("repo:acme/orders:ref:refs/tags/v*", "push-orders"),
  },
  {
    guardrail: webIdentityTrust,
    shows: "a role for tags of one project on GitLab",
    build: pushedBy("project_path:acme/shop/orders:ref_type:tag:ref:v*", "push-orders"),
  },
];

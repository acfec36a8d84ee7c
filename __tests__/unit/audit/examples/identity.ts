import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import type { TerraformStack } from "cdktf";
import { confusedDeputy } from "../../../../modules/audit/guardrails/confused-deputy";
import { noAdministratorPolicy } from "../../../../modules/audit/guardrails/no-administrator-policy";
import { noDecryptOnAll } from "../../../../modules/audit/guardrails/no-decrypt-on-all";
import { noOpenPrincipal } from "../../../../modules/audit/guardrails/no-open-principal";
import { noPassRoleOnAll } from "../../../../modules/audit/guardrails/no-pass-role-on-all";
import { planRoleLocksOnly } from "../../../../modules/audit/guardrails/plan-role-locks-only";
import { principalsThatLast } from "../../../../modules/audit/guardrails/principals-that-last";
import { roleBoundary } from "../../../../modules/audit/guardrails/role-boundary";
import { webIdentityTrust } from "../../../../modules/audit/guardrails/web-identity-trust";
import type { Statement } from "../../../../modules/identity/policy";
import { ACCOUNT, BOUNDARY, FOREIGN_ACCOUNT, OTHER_ACCOUNT, type Example, type Fault } from "../audited";

type Build = (stack: TerraformStack) => void;

const document = (stack: TerraformStack, statement: Statement) =>
  new DataAwsIamPolicyDocument(stack, "document", { statement: [statement] }).json;
/** A role's own permission. */
const permission =
  (statement: Statement, role = "any"): Build =>
  (stack) =>
    new IamRolePolicy(stack, "policy", { role, policy: document(stack, statement) });
/** Who may take a role on. */
const trust =
  (statement: Statement, name = "any"): Build =>
  (stack) =>
    new IamRole(stack, "role", { name, assumeRolePolicy: document(stack, statement) });
/** Who may publish to a topic. */
const topic =
  (statement: Partial<Statement>): Build =>
  (stack) =>
    new SnsTopicPolicy(stack, "topic", {
      arn: "arn:aws:sns:eu-central-1:1:t",
      policy: document(stack, { actions: ["sns:Publish"], resources: ["*"], ...statement }),
    });
const endpoint =
  (statement: Statement): Build =>
  (stack) =>
    new VpcEndpoint(stack, "s3", { vpcId: "vpc-1", policy: document(stack, statement) });

const everyone = [{ type: "AWS", identifiers: ["*"] }];
const aws = (identifier: string) => [{ type: "AWS", identifiers: [identifier] }];
const service = [{ type: "Service", identifiers: ["cloudwatch.amazonaws.com"] }];
const where = (test: string, variable: string, ...values: string[]) => ({ test, variable, values });
const ISSUER = "token.actions.githubusercontent.com";
const audience = where("StringEquals", `${ISSUER}:aud`, "sts.amazonaws.com");
const workflow = (...condition: ReturnType<typeof where>[]): Statement => ({
  actions: ["sts:AssumeRoleWithWebIdentity"],
  principals: [{ type: "Federated", identifiers: [`arn:aws:iam::${ACCOUNT}:oidc-provider/${ISSUER}`] }],
  condition,
});
const BITBUCKET = "api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc";
const step = (subject: string): Statement => ({
  actions: ["sts:AssumeRoleWithWebIdentity"],
  principals: [{ type: "Federated", identifiers: [`arn:aws:iam::${ACCOUNT}:oidc-provider/${BITBUCKET}`] }],
  condition: [
    where("StringEquals", `${BITBUCKET}:aud`, "ari:cloud:bitbucket::workspace/1"),
    where("StringLike", `${BITBUCKET}:sub`, subject),
  ],
});
const REPOSITORY = "{00000000-0000-0000-0000-000000000001}";
const assumedBy = (identifier: string, ...condition: ReturnType<typeof where>[]): Statement => ({
  actions: ["sts:AssumeRole"],
  principals: aws(identifier),
  condition,
});
const layers = "arn:aws:s3:::prod-eu-central-1-starport-layer-bucket/*";

export const IDENTITY_FAULTS: readonly Fault[] = [
  {
    guardrail: noAdministratorPolicy,
    shows: "everything on everything",
    build: permission({ actions: ["*"], resources: ["*"] }),
    address: "aws_iam_role_policy.policy",
    given: "allows * on *",
  },
  {
    guardrail: noAdministratorPolicy,
    shows: "everything but a few actions",
    build: permission({ notActions: ["iam:*"], resources: ["*"] }),
    address: "aws_iam_role_policy.policy",
    given: "all but a few actions",
  },
  {
    guardrail: noAdministratorPolicy,
    shows: "everything, in a policy written as JSON",
    build: (stack) =>
      new IamPolicy(stack, "policy", {
        policy: JSON.stringify({ Statement: { Effect: "Allow", Action: "*", Resource: "*" } }),
      }),
    address: "aws_iam_policy.policy",
    given: "allows * on *",
  },
  {
    guardrail: noAdministratorPolicy,
    shows: "AdministratorAccess for a role without MFA",
    build: (stack) => {
      const role = new IamRole(stack, "role", {
        permissionsBoundary: BOUNDARY,
        assumeRolePolicy: document(stack, assumedBy(`arn:aws:iam::${ACCOUNT}:root`)),
      });
      new IamRolePolicyAttachment(stack, "admin", {
        role: role.name,
        policyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
      });
    },
    address: "aws_iam_role_policy_attachment.admin",
    given: "AdministratorAccess",
  },
  {
    guardrail: noAdministratorPolicy,
    shows: "the boundary attached as a permission",
    build: (stack) => new IamRolePolicyAttachment(stack, "all", { role: "any", policyArn: BOUNDARY }),
    address: "aws_iam_role_policy_attachment.all",
    given: "attached as a permission",
  },
  {
    guardrail: noPassRoleOnAll,
    shows: "every role passed",
    build: permission({ actions: ["iam:Pass*"], resources: ["*"] }),
    address: "aws_iam_role_policy.policy",
    given: "iam:PassRole on *",
  },
  {
    guardrail: noPassRoleOnAll,
    shows: "every role of the account passed",
    build: permission({ actions: ["iam:PassRole"], resources: [`arn:aws:iam::${ACCOUNT}:role/*`] }),
    address: "aws_iam_role_policy.policy",
    given: "role/*",
  },
  {
    guardrail: noDecryptOnAll,
    shows: "every key decrypted with",
    build: permission({ actions: ["kms:*"], resources: ["*"] }),
    address: "aws_iam_role_policy.policy",
    given: "kms:Decrypt on *",
  },
  {
    guardrail: noDecryptOnAll,
    shows: "every key of the account without a condition",
    build: permission({ actions: ["kms:Decrypt"], resources: [`arn:aws:kms:eu-central-1:${ACCOUNT}:key/*`] }),
    address: "aws_iam_role_policy.policy",
    given: "key/*",
  },
  {
    guardrail: roleBoundary,
    shows: "a role without a boundary",
    build: trust(assumedBy(`arn:aws:iam::${ACCOUNT}:root`)),
    address: "aws_iam_role.role",
    given: "permissions_boundary nothing",
  },
  {
    guardrail: roleBoundary,
    shows: "a boundary of its own making",
    build: (stack) =>
      new IamRole(stack, "role", {
        assumeRolePolicy: "{}",
        permissionsBoundary: "arn:aws:iam::aws:policy/Any",
      }),
    address: "aws_iam_role.role",
    given: "arn:aws:iam::aws:policy/Any",
  },
  {
    guardrail: planRoleLocksOnly,
    shows: "a plan that writes states",
    build: permission(
      { actions: ["s3:PutObject"], resources: ["arn:aws:s3:::states/*.tfstate"] },
      "slipway-plan",
    ),
    address: "aws_iam_role_policy.policy",
    given: "s3:PutObject on arn:aws:s3:::states/*.tfstate",
  },
  {
    guardrail: planRoleLocksOnly,
    shows: "a plan whose role is given by reference",
    build: (stack) => {
      const role = new IamRole(stack, "role", { name: "slipway-plan", assumeRolePolicy: "{}" });
      new IamRolePolicy(stack, "policy", {
        role: role.name,
        policy: document(stack, { actions: ["ec2:RunInstances"], resources: ["*"] }),
      });
    },
    address: "aws_iam_role_policy.policy",
    given: "ec2:RunInstances on *",
  },
  {
    guardrail: planRoleLocksOnly,
    shows: "a plan that may do more by a managed policy",
    build: (stack) =>
      new IamRolePolicyAttachment(stack, "power", {
        role: "slipway-plan",
        policyArn: "arn:aws:iam::aws:policy/PowerUserAccess",
      }),
    address: "aws_iam_role_policy_attachment.power",
    given: "PowerUserAccess",
  },
  ...(
    [
      ["no subject", []],
      ["every repository of a company", [where("StringLike", `${ISSUER}:sub`, "repo:acme/*")]],
      ["every company", [where("StringLike", `${ISSUER}:sub`, "repo:*:environment:live")]],
      ["a subject in lower operator", [where("StringEqualsIfExists", `${ISSUER}:sub`, "repo:acme/infra:x")]],
      ["one subject beside any", [where("StringLike", `${ISSUER}:sub`, "repo:acme/infra:pull_request", "*")]],
    ] as const
  ).map(([shows, conditions]): Fault => ({
    guardrail: webIdentityTrust,
    shows: `a workflow of ${shows}`,
    build: trust(workflow(audience, ...conditions), "slipway-plan"),
    address: "aws_iam_role.role",
    given: "with subject",
  })),
  {
    guardrail: webIdentityTrust,
    shows: "a wildcard branch for a role that does not only plan",
    build: trust(
      workflow(audience, where("StringLike", `${ISSUER}:sub`, "repo:acme/infra:ref:*")),
      "slipway-apply",
    ),
    address: "aws_iam_role.role",
    given: "repo:acme/infra:ref:*",
  },
  ...(
    [
      ["any step of a repository, for a role that does not only plan", `${REPOSITORY}:*`, "slipway-apply"],
      ["any repository", "{*", "slipway-plan"],
    ] as const
  ).map(([shows, subject, role]): Fault => ({
    guardrail: webIdentityTrust,
    shows: `Bitbucket's tokens of ${shows}`,
    build: trust(step(subject), role),
    address: "aws_iam_role.role",
    given: `StringLike ${subject}`,
  })),
  {
    guardrail: webIdentityTrust,
    shows: "any audience",
    build: trust(workflow(where("StringEquals", `${ISSUER}:sub`, "repo:acme/infra:pull_request"))),
    address: "aws_iam_role.role",
    given: "without an exact audience",
  },
  {
    guardrail: principalsThatLast,
    shows: "another account's role by its ARN",
    build: trust(assumedBy(`arn:aws:iam::${OTHER_ACCOUNT}:role/deploy`)),
    address: "aws_iam_role.role",
    given: "role/deploy",
  },
  {
    guardrail: principalsThatLast,
    shows: "another account as a whole",
    build: trust(assumedBy(`arn:aws:iam::${OTHER_ACCOUNT}:root`)),
    address: "aws_iam_role.role",
    given: `${OTHER_ACCOUNT}:root`,
  },
  {
    guardrail: principalsThatLast,
    shows: "another company without an external id",
    build: trust(
      assumedBy(
        `arn:aws:iam::${FOREIGN_ACCOUNT}:root`,
        where("ArnLike", "aws:PrincipalArn", `arn:aws:iam::${FOREIGN_ACCOUNT}:role/*`),
      ),
    ),
    address: "aws_iam_role.role",
    given: FOREIGN_ACCOUNT,
  },
  {
    guardrail: principalsThatLast,
    shows: "a principal that only an apply tells",
    build: trust(assumedBy("${data.aws_ssm_parameter.role.insecure_value}")),
    address: "aws_iam_role.role",
    given: "data.aws_ssm_parameter.role",
  },
  {
    guardrail: noOpenPrincipal,
    shows: "a topic for everyone",
    build: topic({ principals: everyone }),
    address: "aws_sns_topic_policy.topic",
    given: "sns:Publish to everyone",
  },
  {
    guardrail: noOpenPrincipal,
    shows: "a condition that a missing key satisfies",
    build: topic({
      principals: everyone,
      condition: [where("StringEqualsIfExists", "aws:PrincipalOrgID", "o-a1b2c3d4e5")],
    }),
    address: "aws_sns_topic_policy.topic",
    given: "to everyone",
  },
  {
    guardrail: noOpenPrincipal,
    shows: "an endpoint without a policy",
    build: (stack) => new VpcEndpoint(stack, "s3", { vpcId: "vpc-1" }),
    address: "aws_vpc_endpoint.s3",
    given: "without a policy",
  },
  {
    guardrail: noOpenPrincipal,
    shows: "an endpoint that lets more than layers through",
    build: endpoint({ actions: ["s3:PutObject"], resources: [layers], principals: everyone }),
    address: "aws_vpc_endpoint.s3",
    given: "s3:PutObject",
  },
  {
    guardrail: confusedDeputy,
    shows: "a service without a source",
    build: topic({ principals: service }),
    address: "aws_sns_topic_policy.topic",
    given: "cloudwatch.amazonaws.com",
  },
  {
    guardrail: confusedDeputy,
    shows: "another role that DMS takes on for anyone",
    build: trust({
      actions: ["sts:AssumeRole"],
      principals: [{ type: "Service", identifiers: ["dms.amazonaws.com"] }],
    }),
    address: "aws_iam_role.role",
    given: "lets dms.amazonaws.com act for anyone",
  },
  {
    guardrail: confusedDeputy,
    shows: "a source in every account",
    build: topic({
      principals: service,
      condition: [where("ArnLike", "aws:SourceArn", "arn:aws:cloudwatch:eu-central-1:*:alarm:*")],
    }),
    address: "aws_sns_topic_policy.topic",
    given: "act for anyone",
  },
  {
    guardrail: confusedDeputy,
    shows: "a source in another company's account",
    build: topic({
      principals: service,
      condition: [where("StringEquals", "aws:SourceAccount", ACCOUNT, FOREIGN_ACCOUNT)],
    }),
    address: "aws_sns_topic_policy.topic",
    given: "act for anyone",
  },
  {
    guardrail: confusedDeputy,
    shows: "a function that any bucket may call",
    build: (stack) =>
      new LambdaPermission(stack, "bucket", {
        action: "lambda:InvokeFunction",
        functionName: "f",
        principal: "s3.amazonaws.com",
      }),
    address: "aws_lambda_permission.bucket",
    given: "s3.amazonaws.com",
  },
];

export const IDENTITY_SOUND: readonly Example[] = [
  {
    guardrail: noAdministratorPolicy,
    shows: "AdministratorAccess for people with MFA, under the boundary",
    build: (stack) => {
      const role = new IamRole(stack, "role", {
        permissionsBoundary: BOUNDARY,
        assumeRolePolicy: document(
          stack,
          assumedBy(`arn:aws:iam::${ACCOUNT}:root`, where("Bool", "aws:MultiFactorAuthPresent", "true")),
        ),
      });
      new IamRolePolicyAttachment(stack, "admin", {
        role: role.name,
        policyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
      });
    },
  },
  {
    guardrail: noPassRoleOnAll,
    shows: "a boundary, which grants nothing",
    build: (stack) => {
      const boundary = new IamPolicy(stack, "boundary", {
        name: "slipway-boundary",
        policy: document(stack, { actions: ["iam:*"], resources: ["*"] }),
      });
      new IamRole(stack, "role", { assumeRolePolicy: "{}", permissionsBoundary: boundary.arn });
    },
  },
  {
    guardrail: noDecryptOnAll,
    shows: "every key of the account through one service",
    build: permission({
      actions: ["kms:Decrypt"],
      resources: [`arn:aws:kms:eu-central-1:${ACCOUNT}:key/*`],
      condition: [where("StringEquals", "kms:ViaService", "ssm.eu-central-1.amazonaws.com")],
    }),
  },
  {
    guardrail: roleBoundary,
    shows: "the boundary made in the same stack",
    build: (stack) => {
      const boundary = new IamPolicy(stack, "boundary", { name: "slipway-boundary", policy: "{}" });
      new IamRole(stack, "role", { assumeRolePolicy: "{}", permissionsBoundary: boundary.arn });
    },
  },
  {
    guardrail: planRoleLocksOnly,
    shows: "a plan that locks",
    build: permission(
      { actions: ["s3:PutObject"], resources: ["arn:aws:s3:::states/*.tflock"] },
      "slipway-plan",
    ),
  },
  {
    guardrail: webIdentityTrust,
    shows: "one environment of one repository",
    build: trust(
      workflow(audience, where("StringEquals", `${ISSUER}:sub`, "repo:acme/infra:environment:live")),
    ),
  },
  {
    guardrail: webIdentityTrust,
    shows: "Bitbucket's steps in one environment",
    build: trust(step(`${REPOSITORY}:{00000000-0000-0000-0000-000000000002}:*`), "slipway-apply"),
  },
  {
    guardrail: webIdentityTrust,
    shows: "Bitbucket's steps of one repository, for plans",
    build: trust(step(`${REPOSITORY}:*`), "slipway-plan"),
  },
  {
    guardrail: webIdentityTrust,
    shows: "any branch of one project, for plans",
    build: trust(
      workflow(
        audience,
        where("StringLike", `${ISSUER}:sub`, "project_path:acme/infra:ref_type:branch:ref:*"),
      ),
      "slipway-plan",
    ),
  },
  {
    guardrail: principalsThatLast,
    shows: "another account narrowed to one role",
    build: trust(
      assumedBy(
        `arn:aws:iam::${OTHER_ACCOUNT}:root`,
        where("ArnLike", "aws:PrincipalArn", `arn:aws:iam::${OTHER_ACCOUNT}:role/deploy`),
      ),
    ),
  },
  {
    guardrail: principalsThatLast,
    shows: "another company by an external id",
    build: trust(
      assumedBy(`arn:aws:iam::${FOREIGN_ACCOUNT}:root`, where("StringEquals", "sts:ExternalId", "acme-7f3a")),
    ),
  },
  {
    guardrail: noOpenPrincipal,
    shows: "everyone of the organization",
    build: topic({
      principals: everyone,
      condition: [where("StringEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5")],
    }),
  },
  {
    guardrail: noOpenPrincipal,
    shows: "an endpoint that lets ECR's layers through",
    build: endpoint({ actions: ["s3:GetObject"], resources: [layers], principals: everyone }),
  },
  {
    guardrail: confusedDeputy,
    shows: "the role by which DMS writes logs, which it looks for by name",
    build: trust(
      {
        actions: ["sts:AssumeRole"],
        principals: [{ type: "Service", identifiers: ["dms.amazonaws.com"] }],
      },
      "dms-cloudwatch-logs-role",
    ),
  },
  {
    guardrail: confusedDeputy,
    shows: "a service for this account",
    build: topic({ principals: service, condition: [where("StringEquals", "aws:SourceAccount", ACCOUNT)] }),
  },
];

import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { TerraformStack } from "cdktf";
import { noWildcardResource } from "../../../../modules/audit/guardrails/no-wildcard-resource";
import type { Statement } from "../../../../modules/identity/policy";
import type { Example, Fault } from "../audited";

const permission = (statement: Statement) => (stack: TerraformStack) =>
  new IamRolePolicy(stack, "policy", {
    role: "any",
    policy: new DataAwsIamPolicyDocument(stack, "document", { statement: [statement] }).json,
  });
const guardrail = noWildcardResource;
const address = "aws_iam_role_policy.policy";
const where = (variable: string, ...values: string[]) => [{ test: "StringEquals", variable, values }];

export const WILDCARD_FAULTS: readonly Fault[] = [
  {
    guardrail,
    shows: "an action that takes resources, on all of them",
    build: permission({ sid: "Send", actions: ["sqs:SendMessage"], resources: ["*"] }),
    address,
    given: "statement Send allows sqs:SendMessage on *",
  },
  {
    guardrail,
    shows: "such an action beside one that takes none, naming the first alone",
    build: permission({ actions: ["ecr:GetAuthorizationToken", "ecr:BatchGetImage"], resources: ["*"] }),
    address,
    given: "allows ecr:BatchGetImage on *",
  },
  {
    guardrail,
    shows: "a condition that narrows who asks, not what for",
    build: permission({
      actions: ["s3:GetObject"],
      resources: ["*"],
      condition: where("aws:PrincipalTag/team", "orders"),
    }),
    address,
    given: "s3:GetObject",
  },
  {
    guardrail,
    shows: "a condition that any value meets",
    build: permission({
      actions: ["sqs:SendMessage"],
      resources: ["*"],
      condition: [{ test: "StringLike", variable: "aws:RequestedRegion", values: ["*"] }],
    }),
    address,
    given: "sqs:SendMessage",
  },
];

export const WILDCARD_SOUND: readonly Example[] = [
  {
    guardrail,
    shows: "actions that take no resource",
    build: permission({ actions: ["ecr:GetAuthorizationToken", "ec2:DescribeVolumes"], resources: ["*"] }),
  },
  {
    guardrail,
    shows: "all resources of certain regions",
    build: permission({
      actions: ["ec2:*"],
      resources: ["*"],
      condition: where("aws:RequestedRegion", "eu-central-1"),
    }),
  },
  {
    guardrail,
    shows: "resources by name",
    build: permission({ actions: ["sqs:*"], resources: ["arn:aws:sqs:eu-central-1:200000000003:orders"] }),
  },
];

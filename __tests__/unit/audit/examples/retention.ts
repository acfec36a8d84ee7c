import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { TerraformStack } from "cdktf";
import { noRetentionBypass } from "../../../../modules/audit/guardrails/no-retention-bypass";
import type { Example, Fault } from "../audited";

const guardrail = noRetentionBypass;
const address = "aws_iam_role_policy.policy";
const policy =
  (...actions: string[]) =>
  (stack: TerraformStack) =>
    new IamRolePolicy(stack, "policy", {
      name: "permissions",
      role: "live-archive-task",
      policy: new DataAwsIamPolicyDocument(stack, "document", {
        statement: [{ sid: "Archive", actions, resources: ["arn:aws:s3:::acme-live-papers/*"] }],
      }).json,
    });

export const RETENTION_FAULTS: readonly Fault[] = [
  {
    guardrail,
    shows: "a right to pass locks",
    build: policy("s3:PutObject", "s3:BypassGovernanceRetention"),
    address,
    given: "statement Archive allows s3:BypassGovernanceRetention",
  },
  {
    guardrail,
    shows: "a right to change locks, within another",
    build: policy("s3:PutObjectRet*"),
    address,
    given: "statement Archive allows s3:PutObjectRetention",
  },
];

export const RETENTION_SOUND: readonly Example[] = [
  {
    guardrail,
    shows: "a writer without any right over locks",
    build: policy("s3:PutObject", "s3:GetObject"),
  },
];

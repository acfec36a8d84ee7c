import { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import { IamGroup } from "@cdktf/provider-aws/lib/iam-group";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { LocalBackend, TerraformHclModule, type TerraformStack } from "cdktf";
import { managementAccount } from "../../../../modules/audit/guardrails/management-account";
import { pinnedBackend } from "../../../../modules/audit/guardrails/pinned-backend";
import { pinnedProvider } from "../../../../modules/audit/guardrails/pinned-provider";
import { readable } from "../../../../modules/audit/guardrails/readable";
import { ACCOUNT, OTHER_ACCOUNT, type Example, type Fault } from "../audited";

const backend = (path: string, value: unknown) => (stack: TerraformStack) =>
  stack.addOverride(`terraform.backend.s3.${path}`, value);
const secondProvider = (config: Record<string, unknown>) => (stack: TerraformStack) =>
  new AwsProvider(stack, "second", { alias: "second", allowedAccountIds: [ACCOUNT], ...config });

export const FOUNDATION_FAULTS: readonly Fault[] = [
  {
    guardrail: pinnedProvider,
    shows: "a provider for another account",
    build: secondProvider({ allowedAccountIds: [OTHER_ACCOUNT] }),
    address: "provider.aws.second",
    given: OTHER_ACCOUNT,
  },
  {
    guardrail: pinnedProvider,
    shows: "a provider with a key, without repeating it",
    build: secondProvider({ accessKey: "AKIAEXAMPLE", secretKey: "hunter2" }),
    address: "provider.aws.second",
    given: "access_key in the provider (value not shown)",
  },
  {
    guardrail: pinnedProvider,
    shows: "a provider that names a role",
    build: secondProvider({ assumeRole: [{ roleArn: `arn:aws:iam::${ACCOUNT}:role/any` }] }),
    address: "provider.aws.second",
    given: "assume_role",
  },
  {
    guardrail: pinnedProvider,
    shows: "a provider changed by an override of the stack",
    build: (stack) => stack.addOverride("provider.aws.0.profile", "admin"),
    address: "provider.aws",
    given: "profile in the provider",
  },
  ...(
    [
      ["encrypt", false, "encrypt false"],
      ["kms_key_id", "alias/aws/s3", "kms_key_id alias/aws/s3"],
      ["use_lockfile", false, "use_lockfile false"],
      ["allowed_account_ids", [ACCOUNT, OTHER_ACCOUNT], OTHER_ACCOUNT],
      ["key", "terraform.tfstate", "key terraform.tfstate"],
      ["role_arn", "arn:aws:iam::1:role/x", "role_arn"],
    ] as const
  ).map(([path, value, given]): Fault => ({
    guardrail: pinnedBackend,
    shows: `a backend with ${path} ${JSON.stringify(value)}`,
    build: backend(path, value),
    address: "terraform.backend",
    given,
  })),
  {
    guardrail: managementAccount,
    shows: "a cluster in the management account",
    build: (stack) => new EcsCluster(stack, "cluster", { name: "batch" }),
    facts: { management: true },
    address: "aws_ecs_cluster.cluster",
    given: "in the management account",
  },
  {
    guardrail: readable,
    shows: "a policy that only an apply tells",
    build: (stack) =>
      new SnsTopicPolicy(stack, "topic", { arn: "arn:aws:sns:eu-central-1:1:t", policy: "${local.policy}" }),
    address: "aws_sns_topic_policy.topic",
    given: "only an apply tells",
  },
  {
    guardrail: readable,
    shows: "rules in a dynamic block",
    build: (stack) => {
      new SecurityGroup(stack, "group", {}).addOverride("dynamic.ingress", { for_each: "${local.rules}" });
    },
    address: "aws_security_group.group",
    given: "a dynamic block",
  },
  {
    guardrail: readable,
    shows: "a Terraform module",
    build: (stack) => new TerraformHclModule(stack, "vpc", { source: "terraform-aws-modules/vpc/aws" }),
    address: "module.vpc",
    given: "whose resources nobody sees",
  },
];

export const FOUNDATION_SOUND: readonly Example[] = [
  { guardrail: pinnedProvider, shows: "a provider pinned to the account", build: secondProvider({}) },
  { guardrail: pinnedBackend, shows: "the platform's backend", build: () => undefined },
  {
    guardrail: managementAccount,
    shows: "a group in the management account",
    build: (stack) => new IamGroup(stack, "people", { name: "people" }),
    facts: { management: true },
  },
  {
    guardrail: managementAccount,
    shows: "a cluster in a workload account",
    build: (stack) => new EcsCluster(stack, "cluster", { name: "batch" }),
  },
  {
    guardrail: readable,
    shows: "a policy in JSON",
    build: (stack) =>
      new SnsTopicPolicy(stack, "topic", {
        arn: "arn:aws:sns:eu-central-1:1:t",
        policy: JSON.stringify({ Statement: [] }),
      }),
  },
];

/** Stacks that bring a backend of their own, or none. */
export const BACKEND_FAULTS: readonly Fault[] = [
  {
    guardrail: pinnedBackend,
    shows: "a state in a local file",
    build: (stack) => new LocalBackend(stack, { path: "terraform.tfstate" }),
    address: "terraform.backend",
    given: "backend local",
  },
  {
    guardrail: pinnedBackend,
    shows: "a stack without a backend",
    build: () => undefined,
    address: "terraform.backend",
    given: "backend nothing",
  },
];

import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Backend, TerraformStack, Testing } from "cdktf";
import type { StackFacts } from "../../../modules/audit/audited-stack";
import type { Guardrail } from "../../../modules/audit/guardrail";
import { GuardrailAspect, type PlacedFinding } from "../../../modules/audit/guardrail-aspect";

export const ACCOUNT = "200000000003";
export const OTHER_ACCOUNT = "200000000009";
export const FOREIGN_ACCOUNT = "999999999999";
export const BOUNDARY = `arn:aws:iam::${ACCOUNT}:policy/slipway-boundary`;
export const STATE_BUCKET = "acme-live-state";
export const STACK = "live-example";

/** A stack as a guardrail judges it: what is in it, and what is to be found there. */
export interface Example {
  readonly guardrail: Guardrail;
  /** What the stack shows, to complete "refuses ..." or "accepts ...". */
  readonly shows: string;
  readonly build: (stack: TerraformStack) => void;
  readonly facts?: Partial<StackFacts>;
}

export interface Fault extends Example {
  /** Address of the resource at fault. */
  readonly address: string;
  /** A part of what is said to be given. */
  readonly given: string;
}

/** What one guardrail finds in a stack with provider and backend, and whatever the example adds. */
export function audit({ guardrail, build, facts }: Example, ownBackend = false): readonly PlacedFinding[] {
  const stack = new TerraformStack(Testing.app(), STACK);
  if (!ownBackend) {
    new AwsProvider(stack, "aws", { region: "eu-central-1", allowedAccountIds: [ACCOUNT] });
    new S3Backend(stack, {
      bucket: STATE_BUCKET,
      key: `${STACK}.tfstate`,
      region: "eu-central-1",
      encrypt: true,
      kmsKeyId: `arn:aws:kms:eu-central-1:${ACCOUNT}:alias/slipway-state`,
      allowedAccountIds: [ACCOUNT],
    });
    stack.addOverride("terraform.backend.s3.use_lockfile", true);
  }
  build(stack);
  const aspect = new GuardrailAspect([guardrail], () => ({
    accountId: ACCOUNT,
    organizationAccounts: [ACCOUNT, OTHER_ACCOUNT],
    management: false,
    protection: true,
    publicLoadBalancers: true,
    lifted: false,
    boundaryArn: BOUNDARY,
    bootstrapPrefix: "slipway-",
    planRole: "slipway-plan",
    releaseRole: "slipway-release",
    ...facts,
  }));
  aspect.visit(stack);
  return aspect.findings;
}

import type { AuditedResource, AuditedStack } from "../audited-stack";
import { findingIf, type Guardrail } from "../guardrail";
import {
  IDENTITY_POLICY_TYPES,
  identityPolicies,
  RESOURCE_POLICY_TYPES,
  resourcePolicy,
  type Policy,
} from "../policies";

/** What guardrails cannot read they cannot judge, and what is not judged has not passed. */
export const readable: Guardrail = {
  id: "readable",
  controls: [],
  description: "Policies, groups and modules are written so that guardrails and people can read them",
  types: [
    ...new Set([
      ...IDENTITY_POLICY_TYPES,
      ...RESOURCE_POLICY_TYPES,
      "aws_security_group",
      "aws_default_security_group",
      "module",
    ]),
  ],
  check: (resource, stack) => [
    ...policiesOf(resource, stack).flatMap(({ unreadable }) =>
      findingIf(
        unreadable !== undefined,
        unreadable ?? "",
        "a reference to data.aws_iam_policy_document of the same stack",
      ),
    ),
    ...findingIf(
      resource.attributes["dynamic"] !== undefined,
      "a dynamic block",
      "blocks that are written out: stacks know their data at synth",
    ),
    ...findingIf(resource.type === "module", "a Terraform module, whose resources nobody sees", "constructs"),
  ],
};

function policiesOf(resource: AuditedResource, stack: AuditedStack): readonly Policy[] {
  return [...identityPolicies(resource, stack), resourcePolicy(resource, stack)];
}

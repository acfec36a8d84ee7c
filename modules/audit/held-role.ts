import type { AuditedResource, AuditedStack } from "./audited-stack";
import type { Finding, Guardrail } from "./guardrail";
import { allows, identityPolicies, type PolicyStatement } from "./policies";
import { show } from "./values";

/** Actions that change nothing. Encrypting is part of writing a lock file; it changes nothing by itself. */
export const READING =
  /^[a-z0-9-]+:(Get|List|Describe|BatchGet|Head|Search|Select|Lookup|View|Filter)[A-Za-z*]*$|^kms:(Decrypt|GenerateDataKey)\*?$/i;
const READ_ONLY_POLICIES =
  /^arn:aws[a-z-]*:iam::aws:policy\/(job-function\/)?(ReadOnlyAccess|ViewOnlyAccess|SecurityAudit)$/;

/** A role that a guardrail holds to little: of AWS's policies those for reading, and of its own what `excess` passes. */
export function heldRole(
  about: Pick<Guardrail, "id" | "description">,
  /** The role's name, of what the stack is judged with. */
  roleOf: (facts: AuditedStack["facts"]) => string | undefined,
  /** What a statement that allows goes too far in. */
  excess: (statement: PolicyStatement) => Finding[],
): Guardrail {
  return {
    ...about,
    controls: [],
    types: ["aws_iam_role", "aws_iam_role_policy", "aws_iam_role_policy_attachment"],
    check: (resource, stack) => {
      if (!isOf(roleOf(stack.facts), resource, stack)) return [];
      const { policy_arn: policyArn } = resource.attributes;
      if (resource.type === "aws_iam_role_policy_attachment") {
        return READ_ONLY_POLICIES.test(String(policyArn))
          ? []
          : [
              {
                given: `policy ${show(policyArn)}`,
                allowed: "AWS's ReadOnlyAccess, ViewOnlyAccess or SecurityAudit",
              },
            ];
      }
      return identityPolicies(resource, stack).flatMap(allows).flatMap(excess);
    },
  };
}

function isOf(held: string | undefined, resource: AuditedResource, stack: AuditedStack): boolean {
  const { name, role } = resource.attributes;
  if (resource.type === "aws_iam_role") return name === held;
  return role === held || stack.follow(role)?.attributes["name"] === held;
}

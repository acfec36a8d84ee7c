import type { AuditedResource, AuditedStack } from "../audited-stack";
import type { Finding, Guardrail } from "../guardrail";
import { allows, identityPolicies, nameOf, type PolicyStatement } from "../policies";
import { show } from "../values";

/** Encrypting is part of writing a lock file; it changes nothing by itself. */
export const READING =
  /^[a-z0-9-]+:(Get|List|Describe|BatchGet|Head|Search|Select|Lookup|View|Filter)[A-Za-z*]*$|^kms:(Decrypt|GenerateDataKey)\*?$/i;
export const READ_ONLY_POLICIES =
  /^arn:aws[a-z-]*:iam::aws:policy\/(job-function\/)?(ReadOnlyAccess|ViewOnlyAccess|SecurityAudit)$/;

/** Plans run for pull requests, whose code nobody has reviewed yet. */
export const planRoleLocksOnly: Guardrail = {
  id: "plan-role-locks-only",
  controls: [],
  description: "The role that plans reads, and writes nothing but *.tflock",
  types: ["aws_iam_role", "aws_iam_role_policy", "aws_iam_role_policy_attachment"],
  check: (resource, stack) => {
    if (!isPlanRole(resource, stack)) return [];
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
    return identityPolicies(resource, stack).flatMap(allows).flatMap(writes);
  },
};

function writes(statement: PolicyStatement): Finding[] {
  const written = statement.actions.filter((action) => !READING.test(action));
  if (statement.notActions.length > 0) written.push("everything but NotAction");
  const locksOnly =
    statement.resources.length > 0 && statement.resources.every((resource) => resource.endsWith(".tflock"));
  return written.length === 0 || locksOnly
    ? []
    : [
        {
          given: `${nameOf(statement)} allows ${written.join(", ")} on ${statement.resources.map(show).join(", ")}`,
          allowed: "writing objects that end in .tflock only",
        },
      ];
}

function isPlanRole(resource: AuditedResource, stack: AuditedStack): boolean {
  const { name, role } = resource.attributes;
  if (resource.type === "aws_iam_role") return name === stack.facts.planRole;
  return role === stack.facts.planRole || stack.follow(role)?.attributes["name"] === stack.facts.planRole;
}

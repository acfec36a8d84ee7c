import type { AuditedStack } from "../audited-stack";
import type { Guardrail } from "../guardrail";
import {
  allows,
  narrowedTo,
  nameOf,
  RESOURCE_POLICY_TYPES,
  resourcePolicy,
  type PolicyStatement,
} from "../policies";
import { isExpression, show } from "../values";

const ROOT = /^(?:arn:aws[a-z-]*:iam::)?(\d{12})(?::root)?$/;
/** What a foreign company's roles are called is theirs to change; only the id that was agreed tells it is for us. */
const THIRD_PARTY = ["sts:ExternalId"];
const NARROWING = ["aws:PrincipalArn", ...THIRD_PARTY];

/**
 * AWS refuses a principal that does not exist yet, and turns a deleted one into an id that matches nothing: a role
 * or user of another stack or account is named by aws:PrincipalArn below its account's root.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export const principalsThatLast: Guardrail = {
  id: "principals-that-last",
  controls: ["CKV_AWS_60", "CKV_AWS_61"],
  description:
    "Policies trust an account's root, narrowed by aws:PrincipalArn, never a role or user by its ARN",
  types: RESOURCE_POLICY_TYPES,
  check: (resource, stack) =>
    allows(resourcePolicy(resource, stack)).flatMap((statement) => [
      ...(statement.notPrincipals
        ? [{ given: `${nameOf(statement)} allows all but a few principals`, allowed: "principals by name" }]
        : []),
      ...statement.principals
        .filter(({ type }) => type === "AWS")
        .flatMap(({ identifiers }) => identifiers)
        .filter((identifier) => identifier !== "*" && !lasts(identifier, statement, stack))
        .map((identifier) => ({
          given: `${nameOf(statement)} trusts ${show(identifier)}`,
          allowed:
            "a role of the same stack by reference, the account's own root, or another account's root under a condition on aws:PrincipalArn (third parties: sts:ExternalId)",
        })),
    ]),
};

function lasts(identifier: string, statement: PolicyStatement, stack: AuditedStack): boolean {
  if (isExpression(identifier))
    return ["aws_iam_role", "aws_iam_user"].includes(stack.follow(identifier)?.type ?? "");
  const accountId = ROOT.exec(identifier)?.[1];
  if (accountId === undefined) return false;
  const { facts } = stack;
  if (accountId === facts.accountId && !statement.actions.some((action) => action.startsWith("sts:")))
    return true;
  const narrowing = facts.organizationAccounts.includes(accountId) ? NARROWING : THIRD_PARTY;
  return narrowing.some((variable) => narrowedTo(statement, variable).length > 0);
}

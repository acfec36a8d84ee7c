import type { AuditedResource, AuditedStack } from "../audited-stack";
import { findingIf, type Finding, type Guardrail } from "../guardrail";
import {
  allows,
  ATTACHMENT_TYPES,
  everyResource,
  IDENTITY_POLICY_TYPES,
  identityPolicies,
  nameOf,
  resourcePolicy,
} from "../policies";
import { isExpression, show, strings } from "../values";

const ADMINISTRATOR = /:policy\/(AdministratorAccess|IAMFullAccess)$/;

/** Everything on everything is granted by no statement; AdministratorAccess only to people, with MFA and a boundary. */
export const noAdministratorPolicy: Guardrail = {
  id: "no-administrator-policy",
  controls: ["IAM.1", "IAM.21", "CKV_AWS_62", "CKV_AWS_63", "CKV_AWS_274"],
  description:
    "No statement allows everything; only people's roles, under a boundary and with MFA, are administrators",
  types: [...IDENTITY_POLICY_TYPES, ...ATTACHMENT_TYPES],
  check: (resource, stack) => [
    ...identityPolicies(resource, stack)
      .flatMap(allows)
      .filter(
        (statement) =>
          everyResource(statement) &&
          (statement.notActions.length > 0 || statement.actions.some((action) => /^\*(:\*)?$/.test(action))),
      )
      .map((statement) => ({
        given: `${nameOf(statement)} allows ${statement.notActions.length > 0 ? "all but a few actions" : "*"} on *`,
        allowed: "the actions that are needed, by name or by service",
      })),
    ...managed(resource, stack),
  ],
};

function managed(resource: AuditedResource, stack: AuditedStack): Finding[] {
  const { attributes, type } = resource;
  const role = type === "aws_iam_role" ? resource : stack.follow(attributes["role"]);
  return [...strings(attributes["policy_arn"]), ...strings(attributes["managed_policy_arns"])].flatMap(
    (policyArn) => [
      ...findingIf(
        ADMINISTRATOR.test(policyArn) && !(role !== undefined && isForPeople(role, stack)),
        show(policyArn),
        "a narrower policy, or a role with a permissions boundary that is taken on with MFA only",
      ),
      ...findingIf(
        policyArn === stack.facts.boundaryArn,
        `${policyArn} attached as a permission`,
        "permissions_boundary only: attached, the boundary grants all that it is meant to limit",
      ),
      ...findingIf(
        isExpression(policyArn) && stack.follow(policyArn)?.type !== "aws_iam_policy",
        `${show(policyArn)}, a policy that only an apply tells`,
        "the ARN of a managed policy, or a reference to aws_iam_policy in the same stack",
      ),
    ],
  );
}

function isForPeople(role: AuditedResource, stack: AuditedStack): boolean {
  const trust = allows(resourcePolicy(role, stack));
  return (
    role.attributes["permissions_boundary"] !== undefined &&
    trust.length > 0 &&
    trust.every(({ conditions }) =>
      conditions.some(
        ({ test, variable, values }) =>
          test === "Bool" && variable === "aws:MultiFactorAuthPresent" && values.join() === "true",
      ),
    )
  );
}

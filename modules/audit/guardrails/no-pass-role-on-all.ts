import type { Guardrail } from "../guardrail";
import {
  allows,
  everyResource,
  IDENTITY_POLICY_TYPES,
  identityPolicies,
  includesAction,
  nameOf,
} from "../policies";

/** Whoever can pass every role to a service has every role's permissions. */
export const noPassRoleOnAll: Guardrail = {
  id: "no-pass-role-on-all",
  controls: ["CKV_AWS_286"],
  description: "iam:PassRole names the roles, or a path of them",
  types: IDENTITY_POLICY_TYPES,
  check: (resource, stack) =>
    identityPolicies(resource, stack)
      .flatMap(allows)
      .filter(
        (statement) =>
          includesAction(statement, "iam:PassRole") &&
          (everyResource(statement) || statement.resources.some((arn) => /:(role\/)?\*$/.test(arn))),
      )
      .map((statement) => ({
        given: `${nameOf(statement)} allows iam:PassRole on ${statement.resources.join(", ") || "all but a few roles"}`,
        allowed: "role ARNs, or all below one path such as role/slipway/*",
      })),
};

import { findingIf, type Guardrail } from "../guardrail";
import { isExpression, show } from "../values";

/** Without a boundary, a role that may make roles is an administrator. */
export const roleBoundary: Guardrail = {
  id: "role-boundary",
  controls: [],
  description: "Every role and user is under the account's permissions boundary",
  types: ["aws_iam_role", "aws_iam_user"],
  check: ({ attributes }, stack) => {
    const boundary = attributes["permissions_boundary"];
    const policy = isExpression(boundary) ? stack.follow(boundary) : undefined;
    const isBoundary =
      boundary === stack.facts.boundaryArn ||
      (policy?.type === "aws_iam_policy" &&
        stack.facts.boundaryArn.endsWith(`/${String(policy.attributes["name"])}`));
    return findingIf(!isBoundary, `permissions_boundary ${show(boundary)}`, stack.facts.boundaryArn);
  },
};

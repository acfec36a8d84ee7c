import { findingIf, type Guardrail } from "../guardrail";
import { allows, includesAction, narrowedTo, nameOf, resourcePolicy } from "../policies";
import { isExpression } from "../values";

/** `repo:company/project:...` and the like: the part that names the repository holds no wildcard. */
const ONE_REPOSITORY = /^[a-z_]+:[^*?:/]+(\/[^*?:/]+)+:.+$|^[^*?]+$/;

/** Whoever signs a token for another repository, branch or audience must not get in. */
export const webIdentityTrust: Guardrail = {
  id: "web-identity-trust",
  controls: ["CKV_AWS_358", "CKV_AWS_393"],
  description:
    "OpenID Connect: audience and subject exact; a wildcard only behind one whole repository, for plans",
  types: ["aws_iam_role"],
  check: (role, stack) =>
    allows(resourcePolicy(role, stack))
      .filter(
        (statement) =>
          includesAction(statement, "sts:AssumeRoleWithWebIdentity") &&
          statement.principals.some(({ type }) => type === "Federated" || type === "*"),
      )
      .flatMap((statement) => {
        const claim = (name: string) =>
          statement.conditions.filter(({ variable }) => variable.toLowerCase().endsWith(`:${name}`));
        const exact = (name: string) =>
          claim(name).some(
            ({ test, values, variable }) =>
              test === "StringEquals" &&
              narrowedTo(statement, variable).length > 0 &&
              !values.some((value) => isExpression(value) || value.includes("*")),
          );
        const subjects = claim("sub");
        const likePlan =
          role.attributes["name"] === stack.facts.planRole &&
          subjects.some(
            ({ test, values }) =>
              test === "StringLike" && values.every((value) => ONE_REPOSITORY.test(value)),
          );
        return [
          ...findingIf(
            !exact("aud"),
            `${nameOf(statement)} without an exact audience`,
            "StringEquals on the issuer's :aud",
          ),
          ...findingIf(
            !exact("sub") && !likePlan,
            `${nameOf(statement)} with subject ${subjects.flatMap(({ test, values }) => values.map((value) => `${test} ${value}`)).join(", ") || "anything"}`,
            "StringEquals on the issuer's :sub; the role that plans may have StringLike with a wildcard behind one repository",
          ),
        ];
      }),
};

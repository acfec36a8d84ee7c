import { findingIf, type Guardrail } from "../guardrail";
import { allows, includesAction, narrowedTo, nameOf, resourcePolicy } from "../policies";
import { isExpression } from "../values";

/** `repo:company/project:...` and the like: the part that names the repository holds no wildcard. */
const ONE_REPOSITORY = /^[a-z_]+:[^*?:/]+(\/[^*?:/]+)+:.+$|^[^*?]+$/;

/**
 * Bitbucket ends every subject in the UUID of the step, another one in each run: `{repository}:{environment}:{step}`,
 * or without an environment `{repository}:{step}`.
 */
const BITBUCKET = {
  issuer: /^api\.bitbucket\.org\//,
  environment: /^\{[0-9a-f-]{36}\}:\{[0-9a-f-]{36}\}:\*$/,
  repository: /^\{[0-9a-f-]{36}\}:\*$/,
};

/** Tags of one repository that begin alike; who may make such tags, the repository's rules say. */
const TAGS =
  /^(repo:[^*?:/]+\/[^*?:/]+:ref:refs\/tags\/|project_path:[^*?:/]+(\/[^*?:/]+)+:ref_type:tag:ref:)[^*?]+\*$/;

/** Whoever signs a token for another repository, branch or audience must not get in. */
export const webIdentityTrust: Guardrail = {
  id: "web-identity-trust",
  controls: ["CKV_AWS_358", "CKV_AWS_393"],
  description:
    "OpenID Connect: audience and subject exact; a wildcard only behind one whole repository, for plans, behind the beginning of its tags, or where Bitbucket puts an id of the run",
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
        const plans = role.attributes["name"] === stack.facts.planRole;
        const platform = String(role.attributes["name"]).startsWith(stack.facts.bootstrapPrefix);
        const narrow = subjects.some(
          ({ test, values, variable }) =>
            test === "StringLike" &&
            values.length > 0 &&
            values.every((value) =>
              BITBUCKET.issuer.test(variable)
                ? BITBUCKET.environment.test(value) || (plans && BITBUCKET.repository.test(value))
                : (plans && ONE_REPOSITORY.test(value)) || (!platform && TAGS.test(value)),
            ),
        );
        return [
          ...findingIf(
            !exact("aud"),
            `${nameOf(statement)} without an exact audience`,
            "StringEquals on the issuer's :aud",
          ),
          ...findingIf(
            !exact("sub") && !narrow,
            `${nameOf(statement)} with subject ${subjects.flatMap(({ test, values }) => values.map((value) => `${test} ${value}`)).join(", ") || "anything"}`,
            "StringEquals on the issuer's :sub; StringLike with a wildcard behind one repository for the role that plans, behind the beginning of its tags for a role that is not bootstrap's, and where Bitbucket's subjects end in one",
          ),
        ];
      }),
};

import type { Guardrail } from "../guardrail";
import { allows, identityPolicies, IDENTITY_POLICY_TYPES, includesAction } from "../policies";

/** What deploys where nobody approves must not reach an account where somebody does. */
export const releaseOfOneAccount: Guardrail = {
  id: "release-of-one-account",
  controls: [],
  description: "A role may take on the role that releases of one account",
  types: IDENTITY_POLICY_TYPES,
  check: (resource, stack) => {
    const taken = identityPolicies(resource, stack)
      .flatMap(allows)
      .filter((statement) => includesAction(statement, "sts:AssumeRole"))
      .flatMap(({ resources }) => resources)
      .filter((arn) => arn.endsWith(`:role/${stack.facts.releaseRole}`));
    const accounts = new Set(taken.map((arn) => arn.split(":")[4] ?? ""));
    const several = accounts.size > 1 || [...accounts].some((account) => !/^\d{12}$/.test(account));
    return several
      ? [
          {
            given: `${stack.facts.releaseRole} of ${[...accounts].sort().join(", ")}`,
            allowed: "that of one account; make a role for each",
          },
        ]
      : [];
  },
};

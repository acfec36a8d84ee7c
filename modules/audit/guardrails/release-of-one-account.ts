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
      .filter((arn) => releases(arn, stack.facts.bootstrapPrefix));
    const accounts = new Set(taken.map((arn) => arn.split(":")[4] ?? ""));
    // Regions of an account have a role each.
    const several = new Set(taken).size > 1 || [...accounts].some((account) => !/^\d{12}$/.test(account));
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

/** `slipway-release`, and that of a second region: `slipway-live-ireland-release`. */
const releases = (arn: string, prefix: string) => {
  const role = arn.split(":role/")[1] ?? "";
  return role.startsWith(prefix) && role.slice(prefix.length - 1).endsWith("-release");
};

import type { Guardrail } from "../guardrail";
import {
  allows,
  everyResource,
  IDENTITY_POLICY_TYPES,
  identityPolicies,
  includesAction,
  nameOf,
  narrowedTo,
  type PolicyStatement,
} from "../policies";

const NARROWING = ["kms:ViaService", "kms:ResourceAliases"];

/** A key protects nothing from an identity that may decrypt with every key. */
export const noDecryptOnAll: Guardrail = {
  id: "no-decrypt-on-all",
  controls: ["KMS.1", "KMS.2"],
  description: "kms:Decrypt names the keys; all keys of an account only through named services",
  types: IDENTITY_POLICY_TYPES,
  check: (resource, stack) =>
    identityPolicies(resource, stack)
      .flatMap(allows)
      .filter(
        (statement) =>
          ["kms:Decrypt", "kms:ReEncryptFrom"].some((action) => includesAction(statement, action)) &&
          tooWide(statement),
      )
      .map((statement) => ({
        given: `${nameOf(statement)} allows kms:Decrypt on ${statement.resources.join(", ") || "all but a few keys"}`,
        allowed:
          "key ARNs; key/* of an account only under a condition on kms:ViaService or kms:ResourceAliases",
      })),
};

function tooWide(statement: PolicyStatement): boolean {
  if (everyResource(statement)) return true;
  const everyKey = statement.resources.some((arn) => /:(key\/)?\*$/.test(arn));
  return everyKey && !NARROWING.some((variable) => narrowedTo(statement, variable).length > 0);
}

import type { Guardrail } from "../guardrail";
import { allows, IDENTITY_POLICY_TYPES, identityPolicies, includesAction, nameOf } from "../policies";

/** Going past a lock, and taking one off. */
const WEAKENING = ["s3:BypassGovernanceRetention", "s3:PutObjectLegalHold", "s3:PutObjectRetention"];

/**
 * A lock is worth what nobody can take off: the law asks for the documents, not for the intention to keep them.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html
 */
export const noRetentionBypass: Guardrail = {
  id: "no-retention-bypass",
  controls: ["S3.15"],
  description: "In protected accounts nobody may pass or change the locks of objects",
  types: IDENTITY_POLICY_TYPES,
  check: (resource, stack) =>
    stack.facts.protection
      ? identityPolicies(resource, stack)
          .flatMap(allows)
          // A boundary is a ceiling and grants nothing.
          .filter(() => !resource.address.includes("boundary"))
          .flatMap((statement) =>
            WEAKENING.filter((action) => includesAction(statement, action)).map((action) => ({
              given: `${nameOf(statement)} allows ${action}`,
              allowed: "no right over locks: they end by themselves",
            })),
          )
      : [],
};

import { findingIf, type Guardrail } from "../guardrail";

/** What AWS makes nowhere else than in the management account, and what bootstrap and roles are made of. */
const PERMITTED =
  /^aws_(iam|identitystore|kms|organizations|s3|ssoadmin)_[a-z0-9_]+$|^aws_(account_alternate_contact|cloudtrail|config_organization_\w+|guardduty_organization_admin_account|inspector2_delegated_admin_account|s3_bucket|securityhub_organization_admin_account|ssm_parameter)$/;

/** Service control policies never bind the management account: whatever runs there runs without them. */
export const managementAccount: Guardrail = {
  id: "management-account",
  controls: ["CIS7 2.1"],
  description: "The management account holds identity, organization and state; no workload",
  types: "all",
  check: ({ type, address }, { facts }) =>
    findingIf(
      facts.management && type.startsWith("aws_") && !PERMITTED.test(type),
      `${address} in the management account`,
      "roles, keys, state, organization and delegation; everything else belongs into another account",
    ),
};

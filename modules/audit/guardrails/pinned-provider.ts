import { findingIf, type Guardrail } from "../guardrail";
import { show, strings } from "../values";

const CREDENTIALS = [
  "access_key",
  "assume_role",
  "assume_role_with_web_identity",
  "profile",
  "secret_key",
  "shared_config_files",
  "shared_credentials_files",
  "token",
];

/** The provider takes whoever runs it, for one account only. */
export const pinnedProvider: Guardrail = {
  id: "pinned-provider",
  controls: ["CKV_AWS_41"],
  description: "The provider accepts the stack's own account only and names neither keys nor a role",
  types: ["provider.aws"],
  check: ({ attributes }, { facts }) => [
    ...findingIf(
      strings(attributes["allowed_account_ids"]).join() !== facts.accountId,
      `allowed_account_ids ${show(attributes["allowed_account_ids"])}`,
      `exactly the stack's own account, ["${facts.accountId}"]`,
    ),
    ...CREDENTIALS.filter((argument) => attributes[argument] !== undefined).map((argument) => ({
      given: `${argument} in the provider (value not shown)`,
      allowed: "no key, profile or role: whoever runs brings credentials for the account",
    })),
  ],
};

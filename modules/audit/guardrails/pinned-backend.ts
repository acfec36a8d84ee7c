import { findingIf, type Guardrail } from "../guardrail";
import { show, strings } from "../values";

const CREDENTIALS = [
  "access_key",
  "assume_role",
  "assume_role_with_web_identity",
  "profile",
  "role_arn",
  "secret_key",
  "shared_config_files",
  "shared_credentials_files",
  "token",
];

/** The state of each stack is its own, encrypted, locked, and out of reach for other accounts' credentials. */
export const pinnedBackend: Guardrail = {
  id: "pinned-backend",
  controls: [],
  description:
    "State is in S3: encrypted by a customer key, locked, in the stack's own account, by a key of its own",
  types: ["terraform.backend"],
  check: ({ attributes }, { id, facts }) => {
    if (attributes["backend"] !== "s3")
      return [{ given: `backend ${show(attributes["backend"])}`, allowed: "the S3 backend" }];
    return [
      ...findingIf(attributes["encrypt"] !== true, `encrypt ${show(attributes["encrypt"])}`, "encrypt true"),
      ...findingIf(
        !/^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:(key|alias)\/(?!aws\/)/.test(
          String(attributes["kms_key_id"]),
        ),
        `kms_key_id ${show(attributes["kms_key_id"])}`,
        "the ARN of a customer managed key, known at synth",
      ),
      ...findingIf(
        attributes["use_lockfile"] !== true,
        `use_lockfile ${show(attributes["use_lockfile"])}`,
        "use_lockfile true",
      ),
      ...findingIf(
        strings(attributes["allowed_account_ids"]).join() !== facts.accountId,
        `allowed_account_ids ${show(attributes["allowed_account_ids"])}`,
        `exactly the stack's own account, ["${facts.accountId}"]`,
      ),
      ...findingIf(
        attributes["key"] !== `${id}.tfstate`,
        `key ${show(attributes["key"])}`,
        `${id}.tfstate: a shared key would let one stack overwrite another's state`,
      ),
      ...CREDENTIALS.filter((argument) => attributes[argument] !== undefined).map((argument) => ({
        given: `${argument} in the backend (value not shown)`,
        allowed: "no key, profile or role: a saved plan would carry it into the apply",
      })),
    ];
  },
};

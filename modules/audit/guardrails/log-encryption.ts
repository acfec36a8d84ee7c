import { findingIf, type Guardrail } from "../guardrail";

/** Logs hold what was never meant to be kept: tokens, addresses, parts of answers. */
export const logEncryption: Guardrail = {
  id: "log-encryption",
  controls: ["CKV_AWS_158"],
  description: "Every log group is encrypted under a customer key",
  types: ["aws_cloudwatch_log_group"],
  check: ({ attributes }) =>
    findingIf(
      attributes["kms_key_id"] === undefined || attributes["kms_key_id"] === "",
      "no kms_key_id",
      "kms_key_id, the account's key of logs",
    ),
};

import { findingIf, type Guardrail } from "../guardrail";

/**
 * `DB_PASSWORD=hunter2`; not what a script finds out by itself, such as `token=$(curl ...)`. The n is that of a line's
 * end, which in Terraform's expressions is two characters.
 */
const ASSIGNED =
  /(?:^|[\s"';_n])(?:PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|CREDENTIALS?)["']?\s*[=:]\s*["'\\]*(?![\s$"'\\])\S/i;
const SECRET_VALUE =
  /\b(AKIA|ASIA)[A-Z0-9]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY-----|:\/\/[^/\s:@{}]+:[^/\s:@{}]+@|\bgh[pousr]_[A-Za-z0-9]{30,}/;

/** Whoever may describe an instance reads its user data, and so does every process on it. */
export const noSecretInUserData: Guardrail = {
  id: "no-secret-in-user-data",
  controls: ["CKV_AWS_46", "CKV_AWS_341"],
  description: "User data of instances holds no secret",
  types: ["aws_instance", "aws_launch_template"],
  check: ({ attributes }) =>
    ["user_data", "user_data_base64"].flatMap((argument) => {
      const texts = readings(attributes[argument]);
      return findingIf(
        texts.some((text) => ASSIGNED.test(text) || SECRET_VALUE.test(text)),
        `${argument} with what looks like a secret (not shown)`,
        "none: the instance's role reads it from Secrets Manager, or better the task's",
      );
    }),
};

/** The text as it is, and decoded where it is Base64. */
function readings(value: unknown): readonly string[] {
  if (typeof value !== "string") return [];
  const encoded = /^[A-Za-z0-9+/\s]+=*\s*$/.test(value);
  return encoded ? [value, Buffer.from(value, "base64").toString("utf8")] : [value];
}

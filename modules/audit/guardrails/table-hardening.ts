import { findingIf, type Guardrail } from "../guardrail";
import { block, show } from "../values";

/** Days to which a table of a protected account can be restored, at least. */
const LEAST_RECOVERY = 7;

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/best-practices-security-preventative.html */
export const tableHardening: Guardrail = {
  id: "table-hardening",
  controls: ["DynamoDB.1", "DynamoDB.2", "CKV_AWS_28", "CKV_AWS_119"],
  description: "Tables are encrypted under a customer key, and can be restored to any second",
  types: ["aws_dynamodb_table"],
  check: ({ attributes }, { facts }) => {
    const { enabled: encrypted, kms_key_arn: key } = block(attributes["server_side_encryption"]);
    const { enabled: restorable, recovery_period_in_days: days } = block(
      attributes["point_in_time_recovery"],
    );
    return [
      ...findingIf(
        encrypted !== true || key === undefined,
        `server_side_encryption.enabled ${show(encrypted)}, kms_key_arn ${show(key)}`,
        "enabled, under a customer key",
      ),
      ...findingIf(
        restorable !== true,
        `point_in_time_recovery.enabled ${show(restorable)}`,
        "point_in_time_recovery.enabled true",
      ),
      ...findingIf(
        facts.protection && typeof days === "number" && days < LEAST_RECOVERY,
        `recovery_period_in_days ${show(days)}`,
        `at least ${LEAST_RECOVERY}`,
      ),
    ];
  },
};

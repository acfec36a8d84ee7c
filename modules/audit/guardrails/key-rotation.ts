import { findingIf, type Guardrail } from "../guardrail";
import { show } from "../values";

/** https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html */
export const keyRotation: Guardrail = {
  id: "key-rotation",
  controls: ["KMS.3", "KMS.4", "CKV_AWS_7", "CKV2_AWS_64"],
  description: "Customer keys rotate, say who may use them, and can be restored for thirty days",
  types: ["aws_kms_key"],
  check: ({ attributes }) => {
    const { enable_key_rotation: rotation, deletion_window_in_days: days, policy } = attributes;
    const spec = attributes["customer_master_key_spec"] ?? "SYMMETRIC_DEFAULT";
    return [
      ...findingIf(
        // AWS rotates symmetric keys only.
        spec === "SYMMETRIC_DEFAULT" && rotation !== true,
        `enable_key_rotation ${show(rotation)}`,
        "enable_key_rotation true",
      ),
      ...findingIf(days !== 30, `deletion_window_in_days ${show(days)}`, "deletion_window_in_days 30"),
      ...findingIf(policy === undefined, "a key without a policy", "a policy that says who may use it"),
    ];
  },
};

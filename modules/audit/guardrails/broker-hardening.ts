import { findingIf, type Guardrail } from "../guardrail";
import { block, blocks, isExpression, show } from "../values";

/** https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/using-amazon-mq-securely.html */
export const brokerHardening: Guardrail = {
  id: "broker-hardening",
  controls: ["MQ.2", "MQ.3", "CKV_AWS_48", "CKV_AWS_69", "CKV_AWS_197", "CKV_AWS_207", "CKV_AWS_209"],
  description:
    "Brokers are private, encrypted with a customer key, patched, and log; no password is in the code",
  types: ["aws_mq_broker"],
  check: ({ attributes }) => {
    const encryption = block(attributes["encryption_options"]);
    const logs = block(attributes["logs"]);
    const audited =
      String(attributes["engine_type"]).toLowerCase() !== "activemq" || String(logs["audit"]) === "true";
    return [
      ...findingIf(
        attributes["publicly_accessible"] === true,
        "publicly_accessible true",
        "publicly_accessible false: people come through the VPC",
      ),
      ...findingIf(
        encryption["kms_key_id"] === undefined || encryption["use_aws_owned_key"] !== false,
        `encryption_options ${show(attributes["encryption_options"])}`,
        "kms_key_id of a customer key, and use_aws_owned_key false",
      ),
      ...findingIf(
        attributes["auto_minor_version_upgrade"] !== true,
        `auto_minor_version_upgrade ${show(attributes["auto_minor_version_upgrade"])}`,
        "auto_minor_version_upgrade true",
      ),
      ...findingIf(
        logs["general"] !== true || !audited,
        `logs ${show(attributes["logs"])}`,
        "general logs, and audit logs of ActiveMQ",
      ),
      ...findingIf(
        blocks(attributes["user"]).some(({ password }) => password !== undefined && !isExpression(password)),
        "a user's password (not shown), readable in the synthesized JSON",
        "a password that an apply draws",
      ),
    ];
  },
};

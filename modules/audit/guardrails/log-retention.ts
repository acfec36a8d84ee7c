import { findingIf, type Guardrail } from "../guardrail";
import { show } from "../values";

/** Logs that nobody dates are kept, and paid for, for ever. */
export const logRetention: Guardrail = {
  id: "log-retention",
  controls: ["CloudWatch.16", "CKV_AWS_66"],
  description: "Every log group says how long it keeps its logs",
  types: ["aws_cloudwatch_log_group"],
  check: ({ attributes }) => {
    const days = attributes["retention_in_days"];
    return findingIf(
      typeof days !== "number" || days < 1,
      `retention_in_days ${show(days)}`,
      "a number of days, from the account's capabilities",
    );
  },
};

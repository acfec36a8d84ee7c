import { findingIf, type Guardrail } from "../guardrail";
import { block, show } from "../values";

/** Lambda makes a group by itself where none is named, and keeps what is in it for ever. */
export const functionLogs: Guardrail = {
  id: "function-logs",
  controls: ["CloudWatch.16"],
  description: "Functions log into a group of their stack, which says how long logs are kept",
  types: ["aws_lambda_function"],
  check: ({ attributes }, stack) => {
    const group = block(attributes["logging_config"])["log_group"];
    return findingIf(
      stack.follow(group)?.type !== "aws_cloudwatch_log_group",
      `logging_config.log_group ${show(group)}`,
      "the name of an aws_cloudwatch_log_group of this stack, with retention_in_days",
    );
  },
};

import { findingIf, type Guardrail } from "../guardrail";
import { strings } from "../values";

/** An alarm that nobody hears is none; one that never ends is not believed for long. */
export const alarmActions: Guardrail = {
  id: "alarm-actions",
  controls: ["CloudWatch.15", "CloudWatch.17", "CKV_AWS_319"],
  description: "Every alarm tells a topic when it begins and when it ends",
  types: ["aws_cloudwatch_metric_alarm", "aws_cloudwatch_composite_alarm"],
  check: ({ attributes }) => [
    ...findingIf(attributes["actions_enabled"] === false, "actions_enabled false", "actions_enabled true"),
    ...(["alarm_actions", "ok_actions"] as const).flatMap((kind) =>
      findingIf(
        strings(attributes[kind]).length === 0,
        `no ${kind}`,
        `${kind} with the topic of its severity`,
      ),
    ),
  ],
};

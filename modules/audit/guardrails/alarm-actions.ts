import { findingIf, type Guardrail } from "../guardrail";
import { strings } from "../values";

/** A policy of Application Auto Scaling, known by its ARN or by reference. */
const SCALING = /^arn:[^:]+:autoscaling:|aws_appautoscaling_policy\./;

const ACTIONS = ["alarm_actions", "ok_actions"] as const;
const scales = (actions: readonly string[]) =>
  actions.length > 0 && actions.every((action) => SCALING.test(action));

/**
 * An alarm that nobody hears is none; one that never ends is not believed for long. One that only sets off a scaling
 * policy is no news to anybody.
 */
export const alarmActions: Guardrail = {
  id: "alarm-actions",
  controls: ["CloudWatch.15", "CloudWatch.17", "CKV_AWS_319"],
  description: "Every alarm tells a topic when it begins and when it ends, unless it scales something",
  types: ["aws_cloudwatch_metric_alarm", "aws_cloudwatch_composite_alarm"],
  check: ({ attributes }) => [
    ...findingIf(attributes["actions_enabled"] === false, "actions_enabled false", "actions_enabled true"),
    ...(scales(strings(attributes["alarm_actions"])) ? [] : ACTIONS).flatMap((kind) =>
      findingIf(
        strings(attributes[kind]).length === 0,
        `no ${kind}`,
        `${kind} with the topic of its severity`,
      ),
    ),
  ],
};

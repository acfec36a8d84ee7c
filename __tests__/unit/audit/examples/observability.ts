import { CloudwatchCompositeAlarm } from "@cdktf/provider-aws/lib/cloudwatch-composite-alarm";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmConfig,
} from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import type { TerraformStack } from "cdktf";
import { alarmActions } from "../../../../modules/audit/guardrails/alarm-actions";
import { logEncryption } from "../../../../modules/audit/guardrails/log-encryption";
import type { Example, Fault } from "../audited";

const TOPIC = "arn:aws:sns:eu-central-1:200000000003:live-alarms-critical";

const alarm = (config: Partial<CloudwatchMetricAlarmConfig>) => (stack: TerraformStack) =>
  new CloudwatchMetricAlarm(stack, "alarm", {
    alarmName: "live-orders-http-5xx",
    comparisonOperator: "GreaterThanThreshold",
    evaluationPeriods: 1,
    alarmActions: [TOPIC],
    okActions: [TOPIC],
    ...config,
  });

export const OBSERVABILITY_FAULTS: readonly Fault[] = [
  {
    guardrail: alarmActions,
    shows: "an alarm that nobody hears",
    build: alarm({ alarmActions: [] }),
    address: "aws_cloudwatch_metric_alarm.alarm",
    given: "no alarm_actions",
  },
  {
    guardrail: alarmActions,
    shows: "an alarm whose end nobody hears of",
    build: alarm({ okActions: undefined }),
    address: "aws_cloudwatch_metric_alarm.alarm",
    given: "no ok_actions",
  },
  {
    guardrail: alarmActions,
    shows: "an alarm that scales and tells a topic, whose end nobody hears of",
    build: alarm({ alarmActions: [TOPIC, "${aws_appautoscaling_policy.busy.arn}"], okActions: undefined }),
    address: "aws_cloudwatch_metric_alarm.alarm",
    given: "no ok_actions",
  },
  {
    guardrail: alarmActions,
    shows: "an alarm that is switched off",
    build: alarm({ actionsEnabled: false }),
    address: "aws_cloudwatch_metric_alarm.alarm",
    given: "actions_enabled false",
  },
  {
    guardrail: alarmActions,
    shows: "a composite alarm that nobody hears",
    build: (stack) =>
      new CloudwatchCompositeAlarm(stack, "alarm", { alarmName: "live", alarmRule: "ALARM(a)" }),
    address: "aws_cloudwatch_composite_alarm.alarm",
    given: "no alarm_actions",
  },
  {
    guardrail: logEncryption,
    shows: "a log under AWS's own key",
    build: (stack) => new CloudwatchLogGroup(stack, "logs", { name: "/orders", retentionInDays: 30 }),
    address: "aws_cloudwatch_log_group.logs",
    given: "no kms_key_id",
  },
];

export const OBSERVABILITY_SOUND: readonly Example[] = [
  { guardrail: alarmActions, shows: "an alarm that tells a topic of both", build: alarm({}) },
  {
    guardrail: alarmActions,
    shows: "an alarm that only sets off a scaling policy",
    build: alarm({ alarmActions: ["${aws_appautoscaling_policy.busy.arn}"], okActions: undefined }),
  },
  {
    guardrail: logEncryption,
    shows: "a log under a customer key",
    build: (stack) =>
      new CloudwatchLogGroup(stack, "logs", { name: "/orders", kmsKeyId: "${aws_kms_key.logs.arn}" }),
  },
];

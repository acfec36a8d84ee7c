import { CloudwatchLogMetricFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-metric-filter";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";

export interface LogErrorsProps {
  readonly logGroupName: string;
  /** Namespace and name of the metric that counts them. */
  readonly metric: { readonly namespace: string; readonly name: string };
  readonly alarmName: string;
  readonly serviceName: string;
  /** Errors within five minutes that somebody is told of. */
  readonly threshold: number;
  /** Who reads it in the morning. */
  readonly topicArn: string;
}

/**
 * What a log calls an error, as text and as JSON. AWS compares letter by letter, so that a line counts once: the
 * first finds the levels of Logback and of most others, the second those in small letters and the numbers of pino.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
const PATTERNS = {
  text: "?ERROR ?FATAL",
  json: '{ ($.level = "error") || ($.level = "fatal") || ($.level >= 50) }',
} as const;

/** Counts the errors in a service's log, and tells somebody of many. */
export class LogErrors extends Construct {
  constructor(scope: Construct, id: string, props: LogErrorsProps) {
    super(scope, id);
    const { metric } = props;
    for (const [form, pattern] of Object.entries(PATTERNS)) {
      new CloudwatchLogMetricFilter(this, form, {
        name: `${metric.name}-${form}`,
        logGroupName: props.logGroupName,
        pattern,
        metricTransformation: { ...metric, value: "1", defaultValue: "0", unit: "Count" },
      });
    }
    new CloudwatchMetricAlarm(this, "alarm", {
      alarmName: props.alarmName,
      alarmDescription: `${props.serviceName} writes many errors to its log`,
      namespace: metric.namespace,
      metricName: metric.name,
      statistic: "Sum",
      period: 300,
      comparisonOperator: "GreaterThanThreshold",
      threshold: props.threshold,
      evaluationPeriods: 2,
      treatMissingData: "notBreaching",
      alarmActions: [props.topicArn],
      okActions: [props.topicArn],
    });
  }
}

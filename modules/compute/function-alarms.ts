import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";

export interface FunctionAlarmsProps {
  readonly functionName: string;
  readonly criticalTopicArn: string;
  readonly warningTopicArn: string;
}

/** What a function's owner is told of. https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html */
export class FunctionAlarms extends Construct {
  constructor(scope: Construct, id: string, props: FunctionAlarmsProps) {
    super(scope, id);
    const alarm = (name: string, metricName: string, topicArn: string, description: string) =>
      new CloudwatchMetricAlarm(this, name, {
        alarmName: `${props.functionName}-${name}`,
        alarmDescription: description,
        namespace: "AWS/Lambda",
        metricName,
        dimensions: { FunctionName: props.functionName },
        statistic: "Sum",
        period: 300,
        evaluationPeriods: 1,
        comparisonOperator: "GreaterThanThreshold",
        threshold: 0,
        treatMissingData: "notBreaching",
        alarmActions: [topicArn],
        okActions: [topicArn],
      });
    alarm("errors", "Errors", props.criticalTopicArn, `Function ${props.functionName} fails`);
    alarm(
      "throttles",
      "Throttles",
      props.warningTopicArn,
      `Function ${props.functionName} is held back by its reserved concurrency`,
    );
  }
}

import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";

export interface DeliveryStreamAlarmsProps {
  readonly deliveryStreamName: string;
  /** Seconds after which what was gathered is written. */
  readonly bufferingInterval: number;
  /** Whether folders depend on what records say. */
  readonly partitioned: boolean;
  readonly criticalTopicArn: string;
  readonly warningTopicArn: string;
}

/** What a Firehose stream's owner is told of. https://docs.aws.amazon.com/firehose/latest/dev/firehose-cloudwatch-metrics-best-practices.html */
export class DeliveryStreamAlarms extends Construct {
  constructor(scope: Construct, id: string, props: DeliveryStreamAlarmsProps) {
    super(scope, id);
    const { deliveryStreamName } = props;
    const alarm = (name: string, config: Alarm) =>
      new CloudwatchMetricAlarm(this, name, {
        alarmName: `${deliveryStreamName}-${name.replaceAll("_", "-")}`,
        alarmDescription: config.description,
        namespace: "AWS/Firehose",
        metricName: config.metricName,
        dimensions: { DeliveryStreamName: deliveryStreamName },
        statistic: config.statistic,
        period: 300,
        evaluationPeriods: config.periods,
        comparisonOperator: config.below === true ? "LessThanThreshold" : "GreaterThanThreshold",
        threshold: config.threshold,
        treatMissingData: "notBreaching",
        alarmActions: [config.topicArn],
        okActions: [config.topicArn],
      });
    alarm("undelivered", {
      metricName: "DeliveryToS3.Success",
      statistic: "Average",
      periods: 1,
      below: true,
      threshold: 1,
      topicArn: props.criticalTopicArn,
      description: `${deliveryStreamName} could not write to its bucket`,
    });
    alarm("old", {
      metricName: "DeliveryToS3.DataFreshness",
      statistic: "Maximum",
      periods: 3,
      threshold: Math.max(900, 3 * props.bufferingInterval),
      topicArn: props.criticalTopicArn,
      description: `${deliveryStreamName} holds records that it should have written long ago`,
    });
    alarm("late", {
      metricName: "KinesisMillisBehindLatest",
      statistic: "Maximum",
      periods: 3,
      threshold: 900_000,
      topicArn: props.warningTopicArn,
      description: `${deliveryStreamName} lags behind its stream`,
    });
    if (props.partitioned)
      alarm("too_many_partitions", {
        metricName: "PartitionCountExceeded",
        statistic: "Maximum",
        periods: 1,
        threshold: 0,
        topicArn: props.warningTopicArn,
        description: `${deliveryStreamName} has more folders at a time than it may: the rest goes to errors/`,
      });
  }
}

interface Alarm {
  readonly metricName: string;
  readonly statistic: string;
  /** Five minutes each. */
  readonly periods: number;
  readonly threshold: number;
  /** Whether less is worse. @default more is */
  readonly below?: boolean;
  readonly topicArn: string;
  readonly description: string;
}

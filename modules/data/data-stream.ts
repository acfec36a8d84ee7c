import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { KinesisStream } from "@cdktf/provider-aws/lib/kinesis-stream";
import { Construct } from "constructs";

export interface DataStreamProps {
  /** Name in AWS; once an account and region. */
  readonly streamName: string;
  /** Shards. @default as many as the records need, on demand */
  readonly shardCount?: number;
  /** Hours for which records can be read. */
  readonly retentionHours: number;
  /** Metrics that each shard has of its own. @default none */
  readonly shardLevelMetrics?: readonly string[];
  readonly kmsKeyArn: string;
  /** Seconds by which the slowest reader may lag before somebody is told. */
  readonly alarmAgeSeconds: number;
  /** Who is woken when records are about to be lost. */
  readonly criticalTopicArn: string;
  /** Who reads in the morning that readers lag or writers are held back. */
  readonly warningTopicArn: string;
  /** Whether Terraform refuses to destroy it; otherwise it goes with whoever is registered to read it. */
  readonly protection: boolean;
}

/**
 * A Kinesis data stream under a customer key; AWS takes and gives records by TLS only.
 * https://docs.aws.amazon.com/streams/latest/dev/security-best-practices.html
 */
export class DataStream extends Construct {
  readonly stream: KinesisStream;

  constructor(scope: Construct, id: string, props: DataStreamProps) {
    super(scope, id);
    const { shardCount, shardLevelMetrics = [], protection } = props;
    this.stream = new KinesisStream(this, "stream", {
      name: props.streamName,
      streamModeDetails: { streamMode: shardCount === undefined ? "ON_DEMAND" : "PROVISIONED" },
      ...(shardCount === undefined ? {} : { shardCount }),
      retentionPeriod: props.retentionHours,
      ...(shardLevelMetrics.length === 0
        ? {}
        : { shardLevelMetrics: [...new Set(shardLevelMetrics)].sort() }),
      encryptionType: "KMS",
      kmsKeyId: props.kmsKeyArn,
      enforceConsumerDeletion: !protection,
      lifecycle: { preventDestroy: protection },
    });
    this.addAlarms(props);
  }

  /** https://docs.aws.amazon.com/streams/latest/dev/monitoring-with-cloudwatch.html */
  private addAlarms(props: DataStreamProps): void {
    const { streamName, warningTopicArn, criticalTopicArn } = props;
    const alarm = (id: string, config: StreamAlarm) =>
      new CloudwatchMetricAlarm(this, id, {
        alarmName: `${streamName}-${id.replaceAll("_", "-")}`,
        alarmDescription: config.description,
        namespace: "AWS/Kinesis",
        metricName: config.metricName,
        dimensions: { StreamName: streamName },
        statistic: config.statistic,
        period: 60,
        evaluationPeriods: 5,
        comparisonOperator: "GreaterThanThreshold",
        threshold: config.threshold,
        treatMissingData: "notBreaching",
        alarmActions: [config.topicArn],
        okActions: [config.topicArn],
      });
    const age = { metricName: "GetRecords.IteratorAgeMilliseconds", statistic: "Maximum" };
    alarm("late", {
      ...age,
      threshold: props.alarmAgeSeconds * 1000,
      topicArn: warningTopicArn,
      description: `A reader of ${streamName} lags behind`,
    });
    alarm("nearly_lost", {
      ...age,
      threshold: (props.retentionHours * 3_600_000) / 2,
      topicArn: criticalTopicArn,
      description: `A reader of ${streamName} lags by half of what is kept: the oldest records are lost next`,
    });
    alarm("writes_throttled", {
      metricName: "WriteProvisionedThroughputExceeded",
      statistic: "Sum",
      threshold: 0,
      topicArn: warningTopicArn,
      description: `${streamName} refuses records: a shard has more than it takes`,
    });
    alarm("reads_throttled", {
      metricName: "ReadProvisionedThroughputExceeded",
      statistic: "Sum",
      threshold: 0,
      topicArn: warningTopicArn,
      description: `${streamName} refuses readers: a shard has more of them than it serves`,
    });
  }
}

interface StreamAlarm {
  readonly metricName: string;
  readonly statistic: string;
  readonly threshold: number;
  readonly topicArn: string;
  readonly description: string;
}

import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { LambdaEventSourceMapping } from "@cdktf/provider-aws/lib/lambda-event-source-mapping";
import type { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import type { Statement } from "../identity/policy";

export interface StreamTriggerProps {
  /** The function, whose role may read the stream. */
  readonly lambda: LambdaFunction;
  readonly functionName: string;
  readonly streamArn: string;
  readonly startingPosition: "TRIM_HORIZON" | "LATEST";
  /** Most records at a time. */
  readonly batchSize: number;
  /** Seconds that it waits for more records. */
  readonly maximumBatchingWindowInSeconds: number;
  /** Batches of a shard at a time. */
  readonly parallelizationFactor: number;
  /** Times that a batch is tried again. */
  readonly maximumRetryAttempts: number;
  /** Age from which a record is not tried any more, seconds. */
  readonly maximumRecordAgeInSeconds: number;
  /** Whether a failed batch is tried in halves. */
  readonly bisectBatchOnFunctionError: boolean;
  /** Whether the code answers which records failed. */
  readonly reportBatchItemFailures: boolean;
  /** Patterns of the records that it is run for. @default all records */
  readonly filters: readonly Readonly<Record<string, unknown>>[];
  /** Queue that is told where in the stream the records are that it gave up. */
  readonly failuresArn: string;
  /** Who reads in the morning that it lags. */
  readonly warningTopicArn: string;
}

/**
 * Runs a function for the records of a stream, shard by shard. What it gives up is told to a queue: not the records,
 * but where they are in the stream, for as long as that keeps them.
 * https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html
 */
export class StreamTrigger extends Construct {
  constructor(scope: Construct, id: string, props: StreamTriggerProps) {
    super(scope, id);
    new LambdaEventSourceMapping(this, "source", {
      functionName: props.lambda.arn,
      eventSourceArn: props.streamArn,
      startingPosition: props.startingPosition,
      batchSize: props.batchSize,
      maximumBatchingWindowInSeconds: props.maximumBatchingWindowInSeconds,
      parallelizationFactor: props.parallelizationFactor,
      maximumRetryAttempts: props.maximumRetryAttempts,
      maximumRecordAgeInSeconds: props.maximumRecordAgeInSeconds,
      bisectBatchOnFunctionError: props.bisectBatchOnFunctionError,
      ...(props.reportBatchItemFailures ? { functionResponseTypes: ["ReportBatchItemFailures"] } : {}),
      destinationConfig: { onFailure: { destinationArn: props.failuresArn } },
      ...(props.filters.length === 0
        ? {}
        : {
            filterCriteria: { filter: props.filters.map((pattern) => ({ pattern: Fn.jsonencode(pattern) })) },
          }),
    });
    // While a function fails, Lambda reads no further, and the stream's own metric stands still.
    new CloudwatchMetricAlarm(this, "late", {
      alarmName: `${props.functionName}-late`,
      alarmDescription: `Function ${props.functionName} gives up records soon: they have waited half of their time`,
      namespace: "AWS/Lambda",
      metricName: "IteratorAge",
      dimensions: { FunctionName: props.functionName },
      statistic: "Maximum",
      period: 60,
      evaluationPeriods: 5,
      comparisonOperator: "GreaterThanThreshold",
      threshold: props.maximumRecordAgeInSeconds * 500,
      treatMissingData: "notBreaching",
      alarmActions: [props.warningTopicArn],
      okActions: [props.warningTopicArn],
    });
  }
}

/**
 * What Lambda does with a function's role to read a stream.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-create.html
 */
export const readStream = (streamArn: string): Statement => ({
  sid: "PollStream",
  actions: [
    "kinesis:DescribeStream",
    "kinesis:DescribeStreamSummary",
    "kinesis:GetRecords",
    "kinesis:GetShardIterator",
    "kinesis:ListShards",
  ],
  resources: [streamArn],
});

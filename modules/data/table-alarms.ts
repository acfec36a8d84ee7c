import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";

export interface TableAlarmsProps {
  readonly tableName: string;
  readonly globalSecondaryIndexes: readonly string[];
  /** Who is woken. */
  readonly criticalTopicArn: string;
  /** Who reads it in the morning. */
  readonly warningTopicArn: string;
}

/** Requests whose failures at DynamoDB's own end are counted together: what an alarm's ten metrics have room for. */
const OPERATIONS = [
  "BatchGetItem",
  "BatchWriteItem",
  "DeleteItem",
  "GetItem",
  "PutItem",
  "Query",
  "Scan",
  "TransactWriteItems",
  "UpdateItem",
];

/** Events within five minutes: DynamoDB's clients try again by themselves, so that some are no trouble. */
const MOST_THROTTLED = 10;

/**
 * What goes wrong with a table before services notice. Requests that are wrong in themselves (UserErrors) AWS counts
 * by account only, so that no table's alarm can.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html
 */
export class TableAlarms extends Construct {
  constructor(scope: Construct, id: string, props: TableAlarmsProps) {
    super(scope, id);
    const { tableName } = props;
    this.addThrottled("", { TableName: tableName }, tableName, props);
    for (const index of [...props.globalSecondaryIndexes].sort()) {
      const dimensions = { TableName: tableName, GlobalSecondaryIndexName: index };
      this.addThrottled(`${index}-`, dimensions, `The index ${index} of ${tableName}`, props);
    }
    const metrics = OPERATIONS.map((operation, position) => ({
      id: `m${position}`,
      returnData: false,
      metric: {
        namespace: "AWS/DynamoDB",
        metricName: "SystemErrors",
        dimensions: { TableName: tableName, Operation: operation },
        stat: "Sum",
        period: 300,
      },
    }));
    new CloudwatchMetricAlarm(this, "system_errors", {
      alarmName: `${tableName}-system-errors`,
      alarmDescription: `${tableName} answers requests with errors of DynamoDB's own`,
      metricQuery: [
        {
          id: "errors",
          expression: `SUM([${metrics.map((metric) => `FILL(${metric.id}, 0)`).join(", ")}])`,
          label: "System errors",
          returnData: true,
        },
        ...metrics,
      ],
      comparisonOperator: "GreaterThanThreshold",
      threshold: 5,
      evaluationPeriods: 2,
      treatMissingData: "notBreaching",
      alarmActions: [props.criticalTopicArn],
      okActions: [props.criticalTopicArn],
    });
  }

  private addThrottled(
    prefix: string,
    dimensions: Record<string, string>,
    what: string,
    { tableName, warningTopicArn }: TableAlarmsProps,
  ): void {
    for (const kind of ["Read", "Write"] as const) {
      const name = `${prefix}throttled-${kind.toLowerCase()}s`;
      new CloudwatchMetricAlarm(this, name.replaceAll(/[^A-Za-z0-9]/g, "_"), {
        alarmName: `${tableName}-${name}`,
        alarmDescription: `${what} turns ${kind.toLowerCase()}s away: too many at once, or on one key`,
        namespace: "AWS/DynamoDB",
        metricName: `${kind}ThrottleEvents`,
        dimensions,
        statistic: "Sum",
        period: 300,
        evaluationPeriods: 2,
        comparisonOperator: "GreaterThanThreshold",
        threshold: MOST_THROTTLED,
        treatMissingData: "notBreaching",
        alarmActions: [warningTopicArn],
        okActions: [warningTopicArn],
      });
    }
  }
}

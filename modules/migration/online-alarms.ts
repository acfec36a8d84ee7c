import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";

export interface OnlineAlarmsProps {
  readonly replicationGroupId: string;
  /** Nodes of each shard; one list where cluster mode is off. */
  readonly shards: readonly (readonly string[])[];
  readonly criticalTopicArn: string;
}

/**
 * Whether each primary follows the source: 1 while it is in sync, 0 while it is not.
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.Redis.html
 */
export class OnlineAlarms extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { replicationGroupId, shards, criticalTopicArn }: OnlineAlarmsProps,
  ) {
    super(scope, id);
    for (const [index, nodes] of shards.entries()) {
      const shard = `shard_${index + 1}`;
      new CloudwatchMetricAlarm(this, shard, {
        alarmName: `${replicationGroupId}-online-migration-${index + 1}`,
        alarmDescription: `${replicationGroupId} no longer follows the source of its migration`,
        comparisonOperator: "LessThanThreshold",
        threshold: 1,
        evaluationPeriods: 5,
        // Whoever must follow and says nothing does not follow.
        treatMissingData: "breaching",
        metricQuery: [
          { id: "primary", expression: "MAX(METRICS())", label: "link to the source", returnData: true },
          ...nodes.map((node, position) => ({
            id: `node${position + 1}`,
            returnData: false,
            metric: {
              namespace: "AWS/ElastiCache",
              metricName: "MasterLinkHealthStatus",
              dimensions: { CacheClusterId: node },
              period: 60,
              stat: "Minimum",
            },
          })),
        ],
        alarmActions: [criticalTopicArn],
        okActions: [criticalTopicArn],
      });
    }
  }
}

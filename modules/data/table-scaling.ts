import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import { Construct } from "constructs";

/** Units a second. */
export interface Capacity {
  readonly min: number;
  readonly max: number;
  /** Used part to hold, per cent. */
  readonly target: number;
}

export interface TableScalingProps {
  readonly tableName: string;
  readonly read: Capacity;
  readonly write: Capacity;
}

const KINDS = [
  ["read", "dynamodb:table:ReadCapacityUnits", "DynamoDBReadCapacityUtilization"],
  ["write", "dynamodb:table:WriteCapacityUnits", "DynamoDBWriteCapacityUtilization"],
] as const;

/**
 * Provisioned units of a table that follow their use.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/AutoScaling.html
 */
export class TableScaling extends Construct {
  constructor(scope: Construct, id: string, props: TableScalingProps) {
    super(scope, id);
    for (const [kind, scalableDimension, predefinedMetricType] of KINDS) {
      const { min, max, target } = props[kind];
      const scaled = new AppautoscalingTarget(this, `${kind}_target`, {
        serviceNamespace: "dynamodb",
        scalableDimension,
        resourceId: `table/${props.tableName}`,
        minCapacity: min,
        maxCapacity: max,
      });
      new AppautoscalingPolicy(this, `${kind}_policy`, {
        name: predefinedMetricType,
        policyType: "TargetTrackingScaling",
        serviceNamespace: scaled.serviceNamespace,
        scalableDimension: scaled.scalableDimension,
        resourceId: scaled.resourceId,
        targetTrackingScalingPolicyConfiguration: {
          targetValue: target,
          predefinedMetricSpecification: { predefinedMetricType },
        },
      });
    }
  }
}

import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Fn, propertyAccess, Token, type ITerraformDependable, type TerraformCount } from "cdktf";
import { Construct } from "constructs";

/** A policy that adds or removes more tasks the further a metric is beyond its threshold. */
export interface StepPolicy {
  readonly metric: {
    readonly namespace: string;
    readonly metricName: string;
    readonly dimensions: Readonly<Record<string, string>>;
    readonly statistic: string;
  };
  readonly comparisonOperator: string;
  readonly threshold: number;
  /** Seconds. */
  readonly period: number;
  readonly evaluationPeriods: number;
  readonly adjustmentType: string;
  /** Seconds between two adjustments. */
  readonly cooldown: number;
  /** How far beyond the threshold each begins, rising from 0, and what it adds. */
  readonly steps: readonly { readonly beyond: number; readonly adjustment: number }[];
}

export interface StepScalingProps extends StepPolicy {
  /** Name of the policy and of its alarm. */
  readonly name: string;
  readonly description: string;
  /** What is scaled, as Application Auto Scaling names it. */
  readonly target: {
    readonly resourceId: string;
    readonly serviceNamespace: string;
    readonly scalableDimension: string;
  };
  /** One, or none while nothing scales. */
  readonly count: TerraformCount;
  readonly dependsOn: ITerraformDependable[];
}

/**
 * An alarm and the steps that it sets off.
 * https://docs.aws.amazon.com/autoscaling/application/userguide/step-scaling-policy-overview.html
 */
export class StepScaling extends Construct {
  constructor(scope: Construct, id: string, props: StepScalingProps) {
    super(scope, id);
    const { metric, steps, count } = props;
    const above = props.comparisonOperator.startsWith("Greater");
    const policy = new AppautoscalingPolicy(this, "policy", {
      ...props.target,
      count,
      name: props.name,
      policyType: "StepScaling",
      stepScalingPolicyConfiguration: {
        adjustmentType: props.adjustmentType,
        cooldown: props.cooldown,
        metricAggregationType: ["Maximum", "Minimum"].includes(metric.statistic)
          ? metric.statistic
          : "Average",
        stepAdjustment: steps.map(({ beyond, adjustment }, index) => ({
          ...interval(beyond, steps[index + 1]?.beyond, above),
          scalingAdjustment: adjustment,
        })),
      },
      dependsOn: props.dependsOn,
    });
    new CloudwatchMetricAlarm(this, "alarm", {
      count,
      alarmName: props.name,
      alarmDescription: props.description,
      namespace: metric.namespace,
      metricName: metric.metricName,
      dimensions: { ...metric.dimensions },
      statistic: metric.statistic,
      period: props.period,
      evaluationPeriods: props.evaluationPeriods,
      comparisonOperator: props.comparisonOperator,
      threshold: props.threshold,
      // Nothing measured is nothing to scale on.
      treatMissingData: "notBreaching",
      alarmActions: [Token.asString(propertyAccess(Fn.element(policy.fqn, 0), ["arn"]))],
    });
  }
}

/** Bounds are differences to the threshold: rising above it, falling below. The last step has no end. */
function interval(from: number, to: number | undefined, above: boolean) {
  return above
    ? {
        metricIntervalLowerBound: String(from),
        ...(to === undefined ? {} : { metricIntervalUpperBound: String(to) }),
      }
    : {
        // -0 would be another number to Terraform.
        metricIntervalUpperBound: String(0 - from),
        ...(to === undefined ? {} : { metricIntervalLowerBound: String(0 - to) }),
      };
}

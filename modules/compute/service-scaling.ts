import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { AppautoscalingScheduledAction } from "@cdktf/provider-aws/lib/appautoscaling-scheduled-action";
import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import { conditional, TerraformCount, Token, type IResolvable, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

export interface ServiceScalingProps {
  readonly clusterName: string;
  readonly serviceName: string;
  readonly minCapacity: number;
  readonly maxCapacity: number;
  /** Average CPU use to hold, per cent. */
  readonly cpu: number;
  /** Average memory use to hold, per cent. @default not scaled on */
  readonly memory?: number;
  /** Requests a minute and task to hold, and behind which doors. @default not scaled on */
  readonly requests?: { readonly perTarget: number; readonly doors: Readonly<Record<string, string>> };
  /** Hours outside of which there are no tasks. @default always awake */
  readonly workingHours?: {
    readonly timezone: string;
    /** HH:MM, or `onRequest`: nothing wakes by itself. */
    readonly start: string;
    readonly stop: string;
    readonly days: readonly string[];
  };
  /** Whether tasks can start; until then nothing scales, and the minimum is zero. */
  readonly ready: IResolvable;
  readonly dependsOn: ITerraformDependable[];
}

const DIMENSION = { serviceNamespace: "ecs", scalableDimension: "ecs:service:DesiredCount" };

/**
 * How many tasks run. Nothing exists of it before the first release: a minimum would start tasks without image.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-auto-scaling.html
 */
export class ServiceScaling extends Construct {
  constructor(scope: Construct, id: string, props: ServiceScalingProps) {
    super(scope, id);
    const { minCapacity, maxCapacity, workingHours } = props;
    const asleep = workingHours?.start === "onRequest";
    const count = TerraformCount.of(Token.asNumber(conditional(props.ready, 1, 0)));
    const resourceId = `service/${props.clusterName}/${props.serviceName}`;
    const target = new AppautoscalingTarget(this, "target", {
      ...DIMENSION,
      count,
      resourceId,
      minCapacity: asleep ? 0 : minCapacity,
      maxCapacity: asleep ? 0 : maxCapacity,
      // The schedule writes both, morning and evening.
      ...(workingHours === undefined
        ? {}
        : { lifecycle: { ignoreChanges: ["min_capacity", "max_capacity"] } }),
      dependsOn: props.dependsOn,
    });
    const common = { ...DIMENSION, count, resourceId, dependsOn: [target] };

    const hold = (
      name: string,
      targetValue: number,
      metric: { predefinedMetricType: string; resourceLabel?: string },
    ) =>
      new AppautoscalingPolicy(this, name, {
        ...common,
        name: `${props.serviceName}-${name.replaceAll("_", "-")}`,
        policyType: "TargetTrackingScaling",
        targetTrackingScalingPolicyConfiguration: {
          targetValue,
          predefinedMetricSpecification: metric,
          scaleOutCooldown: 60,
          scaleInCooldown: 300,
        },
      });
    hold("cpu", props.cpu, { predefinedMetricType: "ECSServiceAverageCPUUtilization" });
    if (props.memory !== undefined)
      hold("memory", props.memory, { predefinedMetricType: "ECSServiceAverageMemoryUtilization" });
    if (props.requests !== undefined) {
      for (const [door, resourceLabel] of Object.entries(props.requests.doors)) {
        hold(`requests_${door}`, props.requests.perTarget, {
          predefinedMetricType: "ALBRequestCountPerTarget",
          resourceLabel,
        });
      }
    }
    if (workingHours === undefined) return;
    const times: readonly (readonly [string, string, { minCapacity: number; maxCapacity: number }])[] = [
      ...(asleep ? [] : [["wake", workingHours.start, { minCapacity, maxCapacity }] as const]),
      ["sleep", workingHours.stop, { minCapacity: 0, maxCapacity: 0 }],
    ];
    for (const [name, time, capacity] of times) {
      const [hour, minute] = time.split(":").map(Number);
      new AppautoscalingScheduledAction(this, name, {
        ...common,
        name: `${props.serviceName}-${name}`,
        schedule: `cron(${minute} ${hour} ? * ${workingHours.days.join(",")} *)`,
        timezone: workingHours.timezone,
        scalableTargetAction: {
          minCapacity: String(capacity.minCapacity),
          maxCapacity: String(capacity.maxCapacity),
        },
      });
    }
  }
}

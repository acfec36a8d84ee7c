import {
  AppautoscalingPolicy,
  type AppautoscalingPolicyTargetTrackingScalingPolicyConfiguration,
} from "@cdktf/provider-aws/lib/appautoscaling-policy";
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
  /** Waiting messages a task to hold, and in which queues. @default not scaled on */
  readonly backlog?: {
    readonly perTask: number;
    readonly queueNames: readonly string[];
    /** Whether Container Insights counts the service's tasks. */
    readonly taskCounts: boolean;
  };
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

type Metric = Pick<
  AppautoscalingPolicyTargetTrackingScalingPolicyConfiguration,
  "predefinedMetricSpecification" | "customizedMetricSpecification"
>;

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

    const hold = (name: string, targetValue: number, metric: Metric) =>
      new AppautoscalingPolicy(this, name, {
        ...common,
        name: `${props.serviceName}-${name.replaceAll("_", "-")}`,
        policyType: "TargetTrackingScaling",
        targetTrackingScalingPolicyConfiguration: {
          targetValue,
          ...metric,
          scaleOutCooldown: 60,
          scaleInCooldown: 300,
        },
      });
    hold("cpu", props.cpu, predefined("ECSServiceAverageCPUUtilization"));
    if (props.memory !== undefined)
      hold("memory", props.memory, predefined("ECSServiceAverageMemoryUtilization"));
    if (props.requests !== undefined) {
      for (const [door, resourceLabel] of Object.entries(props.requests.doors)) {
        hold(
          `requests_${door}`,
          props.requests.perTarget,
          predefined("ALBRequestCountPerTarget", resourceLabel),
        );
      }
    }
    if (props.backlog !== undefined) hold("backlog", props.backlog.perTask, backlogPerTask(props));
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

const predefined = (predefinedMetricType: string, resourceLabel?: string): Metric => ({
  predefinedMetricSpecification: { predefinedMetricType, resourceLabel },
});

/**
 * Messages that wait for each running task. Without Container Insights the tasks are counted by their CPU samples,
 * one a minute and task.
 * https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-target-tracking-metric-math.html
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cloudwatch-metrics.html
 */
function backlogPerTask({ clusterName, serviceName, backlog }: ServiceScalingProps): Metric {
  const { queueNames = [], taskCounts = false } = backlog ?? {};
  const dimensions = [
    { name: "ClusterName", value: clusterName },
    { name: "ServiceName", value: serviceName },
  ];
  const waiting = queueNames.map((_name, index) => `waiting${index}`).join(" + ");
  return {
    customizedMetricSpecification: {
      metrics: [
        ...queueNames.map((value, index) => ({
          id: `waiting${index}`,
          metricStat: {
            metric: {
              namespace: "AWS/SQS",
              metricName: "ApproximateNumberOfMessagesVisible",
              dimensions: [{ name: "QueueName", value }],
            },
            stat: "Sum",
          },
          returnData: false,
        })),
        {
          id: "tasks",
          metricStat: {
            metric: taskCounts
              ? { namespace: "ECS/ContainerInsights", metricName: "RunningTaskCount", dimensions }
              : { namespace: "AWS/ECS", metricName: "CPUUtilization", dimensions },
            stat: taskCounts ? "Average" : "SampleCount",
          },
          returnData: false,
        },
        {
          id: "per_task",
          expression: `(${waiting}) / IF(FILL(tasks, 1) > 0, FILL(tasks, 1), 1)`,
          label: "Waiting messages a task",
          returnData: true,
        },
      ],
    },
  };
}

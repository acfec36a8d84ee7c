import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { AppautoscalingScheduledAction } from "@cdktf/provider-aws/lib/appautoscaling-scheduled-action";
import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import { conditional, TerraformCount, Token, type IResolvable, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { backlogPerTask, predefined, requestsInTurns, type Metric } from "./scaling-metrics";
import { StepScaling, type StepPolicy } from "./step-scaling";

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
  readonly requests?: { readonly perTarget: number; readonly doors: Readonly<Record<string, ScaledDoor>> };
  /** Waiting messages a task to hold, and in which queues. @default not scaled on */
  readonly backlog?: {
    readonly perTask: number;
    readonly queueNames: readonly string[];
    /** Whether Container Insights counts the service's tasks. */
    readonly taskCounts: boolean;
  };
  /** Seconds between two additions of tasks, and between two removals. */
  readonly scaleOutCooldown: number;
  readonly scaleInCooldown: number;
  /** Policies of alarm and steps, by name. @default none */
  readonly stepScaling?: Readonly<Record<string, StepPolicy>>;
  /** Beginning of the names of their alarms. */
  readonly alarmPrefix: string;
  /** Other fewest and most tasks from some time on, by name; nothing beside `workingHours`. @default none */
  readonly scheduledActions?: Readonly<Record<string, ScheduledCapacity>>;
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

/** Where requests are counted: one target group, or two that take turns. */
export interface ScaledDoor {
  /** Of load balancer and target group, as CloudWatch names them. */
  readonly resourceLabel: string;
  /** @default none: there is one target group */
  readonly turns?: { readonly loadBalancer: string; readonly targetGroups: readonly string[] };
}

export interface ScheduledCapacity {
  /** `cron(...)` of six fields. */
  readonly schedule: string;
  readonly timezone: string;
  /** @default what the service has otherwise */
  readonly minCapacity?: number | undefined;
  readonly maxCapacity?: number | undefined;
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
    const { scheduledActions = {} } = workingHours === undefined ? props : {};
    const asleep = workingHours?.start === "onRequest";
    const count = TerraformCount.of(Token.asNumber(conditional(props.ready, 1, 0)));
    const resourceId = `service/${props.clusterName}/${props.serviceName}`;
    const target = new AppautoscalingTarget(this, "target", {
      ...DIMENSION,
      count,
      resourceId,
      minCapacity: asleep ? 0 : minCapacity,
      maxCapacity: asleep ? 0 : maxCapacity,
      // A schedule writes both, such as morning and evening.
      ...(workingHours === undefined && Object.keys(scheduledActions).length === 0
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
          scaleOutCooldown: props.scaleOutCooldown,
          scaleInCooldown: props.scaleInCooldown,
        },
      });
    hold("cpu", props.cpu, predefined("ECSServiceAverageCPUUtilization"));
    if (props.memory !== undefined)
      hold("memory", props.memory, predefined("ECSServiceAverageMemoryUtilization"));
    if (props.requests !== undefined) {
      for (const [door, { resourceLabel, turns }] of Object.entries(props.requests.doors)) {
        const metric =
          turns === undefined
            ? predefined("ALBRequestCountPerTarget", resourceLabel)
            : requestsInTurns(turns.loadBalancer, turns.targetGroups);
        hold(`requests_${door}`, props.requests.perTarget, metric);
      }
    }
    if (props.backlog !== undefined)
      hold("backlog", props.backlog.perTask, backlogPerTask({ ...props, ...props.backlog }));
    for (const [name, policy] of sorted(props.stepScaling)) {
      new StepScaling(this, `step_${name.replaceAll("-", "_")}`, {
        ...policy,
        name: `${props.alarmPrefix}-step-${name}`,
        description: `${props.serviceName} needs other tasks: ${name}`,
        target: { ...DIMENSION, resourceId },
        count,
        dependsOn: [target],
      });
    }
    const scheduled = (name: string, capacity: Required<ScheduledCapacity>) =>
      new AppautoscalingScheduledAction(this, name.replaceAll("-", "_"), {
        ...common,
        name: `${props.serviceName}-${name}`,
        schedule: capacity.schedule,
        timezone: capacity.timezone,
        scalableTargetAction: {
          minCapacity: String(capacity.minCapacity ?? minCapacity),
          maxCapacity: String(capacity.maxCapacity ?? maxCapacity),
        },
      });
    for (const [name, action] of sorted(scheduledActions))
      scheduled(`scheduled-${name}`, { minCapacity, maxCapacity, ...action });
    if (workingHours === undefined) return;
    const times: readonly (readonly [string, string, { minCapacity: number; maxCapacity: number }])[] = [
      ...(asleep ? [] : [["wake", workingHours.start, { minCapacity, maxCapacity }] as const]),
      ["sleep", workingHours.stop, { minCapacity: 0, maxCapacity: 0 }],
    ];
    for (const [name, time, capacity] of times) {
      const [hour, minute] = time.split(":").map(Number);
      scheduled(name, {
        ...capacity,
        schedule: `cron(${minute} ${hour} ? * ${workingHours.days.join(",")} *)`,
        timezone: workingHours.timezone,
      });
    }
  }
}

const sorted = <T>(values: Readonly<Record<string, T>> = {}) =>
  Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));

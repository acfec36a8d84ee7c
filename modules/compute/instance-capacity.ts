import { AutoscalingGroup } from "@cdktf/provider-aws/lib/autoscaling-group";
import { AutoscalingSchedule } from "@cdktf/provider-aws/lib/autoscaling-schedule";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { EcsCapacityProvider } from "@cdktf/provider-aws/lib/ecs-capacity-provider";
import type { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { Token, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

export interface InstanceCapacityProps {
  /** Name of the capacity provider and of its group. */
  readonly name: string;
  readonly clusterName: string;
  readonly template: LaunchTemplate;
  /** The preferred one first; all of the template's architecture. */
  readonly instanceTypes: readonly string[];
  readonly spot: boolean;
  readonly minSize: number;
  readonly maxSize: number;
  /** Private subnets, one a zone. */
  readonly subnetIds: string[];
  /** Volume that exactly one instance in each zone mounts, by its tag `slipway-volume`. @default none */
  readonly volume?: string;
  /** Hours outside of which the group may go to zero. @default always awake */
  readonly workingHours?: {
    readonly timezone: string;
    /** HH:MM, or `onRequest`: the first task wakes it. */
    readonly start: string;
    readonly stop: string;
    readonly days: readonly string[];
  };
  /** Tags of the instances. */
  readonly tags: Readonly<Record<string, string>>;
  readonly warningTopicArn: string;
  /** What must be there before the first instance, and outlive the last. */
  readonly dependsOn: ITerraformDependable[];
}

/** Group metrics, which cost nothing. */
const METRICS = [
  "GroupDesiredCapacity",
  "GroupInServiceInstances",
  "GroupMaxSize",
  "GroupMinSize",
  "GroupPendingInstances",
  "GroupTerminatingInstances",
  "GroupTotalInstances",
];

/**
 * Instances that come and go with the tasks: ECS starts them when tasks find no room, drains and ends those that
 * have none, and lets nobody else end one that has.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-auto-scaling.html
 */
export class InstanceCapacity extends Construct {
  readonly provider: EcsCapacityProvider;

  constructor(scope: Construct, id: string, props: InstanceCapacityProps) {
    super(scope, id);
    const { name, maxSize, volume, workingHours } = props;
    const scheduled = workingHours !== undefined && props.minSize > 0;
    const minSize = workingHours?.start === "onRequest" ? 0 : props.minSize;
    const group = new AutoscalingGroup(this, "group", {
      name,
      minSize,
      maxSize,
      vpcZoneIdentifier: props.subnetIds,
      ...launches(props),
      protectFromScaleIn: true,
      healthCheckType: "EC2",
      healthCheckGracePeriod: 300,
      ...(props.spot ? { capacityRebalance: true } : {}),
      // A second instance in a zone would wait for a volume that the first one has.
      ...(volume === undefined
        ? {}
        : {
            availabilityZoneDistribution: { capacityDistributionStrategy: "balanced-only" },
            suspendedProcesses: ["AZRebalance"],
          }),
      // What a changed template starts; protected instances are drained and replaced too.
      instanceRefresh: {
        strategy: "Rolling",
        preferences: {
          ...replacement(maxSize, volume !== undefined),
          scaleInProtectedInstances: "Refresh",
          standbyInstances: "Wait",
        },
      },
      enabledMetrics: METRICS,
      metricsGranularity: "1Minute",
      // Default tags reach neither the group nor its instances.
      tag: Object.entries({
        ...props.tags,
        Name: name,
        // ECS adds it by itself; not declared, each plan would take it away.
        AmazonECSManaged: "true",
        ...(volume === undefined ? {} : { "slipway-volume": volume }),
      })
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, value]) => ({ key, value, propagateAtLaunch: true })),
      // Protected instances would hold up a destroy for good; by then no service has tasks on them.
      forceDelete: true,
      lifecycle: {
        // ECS writes the one, the schedule the other.
        ignoreChanges: ["desired_capacity", ...(scheduled ? ["min_size"] : [])],
      },
      dependsOn: props.dependsOn,
    });
    this.provider = new EcsCapacityProvider(this, "provider", {
      name,
      autoScalingGroupProvider: {
        autoScalingGroupArn: group.arn,
        managedScaling: {
          status: "ENABLED",
          targetCapacity: 100,
          minimumScalingStepSize: 1,
          maximumScalingStepSize: maxSize,
          instanceWarmupPeriod: 120,
        },
        managedTerminationProtection: "ENABLED",
        managedDraining: "ENABLED",
      },
    });
    if (scheduled) this.addSchedule(group, props.minSize, workingHours);
    this.addAlarm(props);
  }

  /** Only the minimum: instances go when their tasks have gone, and come when tasks ask for them. */
  private addSchedule(
    group: AutoscalingGroup,
    minSize: number,
    { timezone, start, stop, days }: NonNullable<InstanceCapacityProps["workingHours"]>,
  ): void {
    const times = [
      ...(start === "onRequest" ? [] : [{ action: "wake", time: start, to: minSize }]),
      { action: "sleep", time: stop, to: 0 },
    ];
    for (const { action, time, to } of times) {
      const [hour, minute] = time.split(":").map(Number);
      new AutoscalingSchedule(this, action, {
        scheduledActionName: action,
        autoscalingGroupName: group.name,
        recurrence: `${minute} ${hour} * * ${days.join(",")}`,
        timeZone: timezone,
        minSize: to,
        // As they are.
        maxSize: -1,
        desiredCapacity: -1,
      });
    }
  }

  private addAlarm({ name, clusterName, warningTopicArn }: InstanceCapacityProps): void {
    new CloudwatchMetricAlarm(this, "tasks_wait", {
      alarmName: `${name}-tasks-wait`,
      alarmDescription: `Tasks have waited for an instance of ${name} for half an hour: it is at its most, or none starts`,
      namespace: "AWS/ECS/ManagedScaling",
      metricName: "CapacityProviderReservation",
      dimensions: { CapacityProviderName: name, ClusterName: clusterName },
      statistic: "Minimum",
      period: 300,
      evaluationPeriods: 6,
      comparisonOperator: "GreaterThanThreshold",
      threshold: 100,
      treatMissingData: "notBreaching",
      alarmActions: [warningTopicArn],
      okActions: [warningTopicArn],
    });
  }
}

function launches({ template, instanceTypes, spot }: InstanceCapacityProps) {
  const version = Token.asString(template.latestVersion);
  if (instanceTypes.length === 1 && !spot) return { launchTemplate: { id: template.id, version } };
  return {
    mixedInstancesPolicy: {
      instancesDistribution: {
        onDemandAllocationStrategy: "prioritized",
        onDemandBaseCapacity: 0,
        onDemandPercentageAboveBaseCapacity: spot ? 0 : 100,
        spotAllocationStrategy: "price-capacity-optimized",
      },
      launchTemplate: {
        launchTemplateSpecification: { launchTemplateId: template.id, version },
        override: instanceTypes.map((instanceType) => ({ instanceType })),
      },
    },
  };
}

/** A new instance first; with volumes the old one first, and one at a time. */
function replacement(instances: number, volume: boolean) {
  return volume
    ? { minHealthyPercentage: Math.floor((100 * (instances - 1)) / instances), maxHealthyPercentage: 100 }
    : { minHealthyPercentage: 100, maxHealthyPercentage: 110 };
}

import type { EcsServiceConfig } from "@cdktf/provider-aws/lib/ecs-service";

/** How ECS replaces the tasks of a service. */
export interface Rollout {
  /** `CODE_DEPLOY` leaves all of it to a CodeDeploy deployment group. */
  readonly controller: "ECS" | "CODE_DEPLOY";
  readonly strategy: "ROLLING" | "BLUE_GREEN" | "LINEAR" | "CANARY";
  /** Whether ECS is told of two target groups, though it rolls. */
  readonly prepared: boolean;
  /** Of a rolling deployment. */
  readonly minimumHealthyPercent: number;
  /** Of a rolling deployment. */
  readonly maximumPercent: number;
  /** What happens to traffic in the other strategies. @default none: tasks are replaced one after another */
  readonly shift?: {
    /** Minutes that the old tasks run on once all traffic has moved. */
    readonly bakeTimeInMinutes: number;
    readonly canary: { readonly canaryPercent: number; readonly canaryBakeTimeInMinutes: number };
    readonly linear: { readonly stepPercent: number; readonly stepBakeTimeInMinutes: number };
  };
  /** Alarms that roll a deployment back. @default none */
  readonly alarmNames?: readonly string[];
}

type Arguments = Pick<
  EcsServiceConfig,
  | "alarms"
  | "deploymentCircuitBreaker"
  | "deploymentConfiguration"
  | "deploymentController"
  | "deploymentMaximumPercent"
  | "deploymentMinimumHealthyPercent"
  | "forceNewDeployment"
>;

/**
 * The arguments of an ECS service that say how its deployments go. None waits for one: whoever deploys follows it.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service-options.html
 */
export function rolloutArguments(rollout: Rollout): Arguments {
  const { controller, strategy, shift, alarmNames = [] } = rollout;
  if (controller === "CODE_DEPLOY") return { deploymentController: { type: controller } };
  return {
    ...(shift === undefined
      ? {
          deploymentMinimumHealthyPercent: rollout.minimumHealthyPercent,
          deploymentMaximumPercent: rollout.maximumPercent,
          deploymentCircuitBreaker: { enable: true, rollback: true },
          // Left out, the strategy before would stay.
          ...(rollout.prepared ? { deploymentConfiguration: { strategy } } : {}),
        }
      : {
          // ECS keeps what it is not told otherwise, and Terraform says nothing of a block that is not there.
          deploymentCircuitBreaker: { enable: false, rollback: false },
          deploymentConfiguration: {
            strategy,
            bakeTimeInMinutes: String(shift.bakeTimeInMinutes),
            ...(strategy === "CANARY"
              ? {
                  canaryConfiguration: {
                    canaryPercent: shift.canary.canaryPercent,
                    canaryBakeTimeInMinutes: String(shift.canary.canaryBakeTimeInMinutes),
                  },
                }
              : {}),
            ...(strategy === "LINEAR"
              ? {
                  linearConfiguration: {
                    stepPercent: shift.linear.stepPercent,
                    stepBakeTimeInMinutes: String(shift.linear.stepBakeTimeInMinutes),
                  },
                }
              : {}),
          },
        }),
    alarms: {
      enable: alarmNames.length > 0,
      rollback: alarmNames.length > 0,
      alarmNames: [...alarmNames],
    },
    // Another provider of capacity is taken up by a new deployment only; without it Terraform replaces the service.
    forceNewDeployment: true,
  };
}

/** What of a service somebody else writes from then on. */
export function writtenElsewhere({ controller, shift }: Rollout): string[] {
  // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html
  if (controller === "CODE_DEPLOY")
    return ["capacity_provider_strategy", "load_balancer", "network_configuration", "task_definition"];
  // ECS swaps the two target groups at each deployment; told the old order, it would not change sides.
  return shift === undefined ? [] : ["load_balancer"];
}

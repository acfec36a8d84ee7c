import {
  ClusterNotFoundException,
  DescribeServicesCommand,
  type Deployment,
  type ECSClient,
  type Service,
} from "@aws-sdk/client-ecs";
import type { ServiceAddress } from "./service-address";
import type { Rollout, RolloutView } from "./rollout-view";

/** The service as ECS describes it; nothing when it is not there. */
export async function describeService(
  ecs: ECSClient,
  { cluster, service }: ServiceAddress,
): Promise<Service | undefined> {
  try {
    const { services: [found] = [] } = await ecs.send(
      new DescribeServicesCommand({ cluster, services: [service] }),
    );
    return found?.status === "INACTIVE" ? undefined : found;
  } catch (error) {
    if (error instanceof ClusterNotFoundException) return undefined;
    throw error;
  }
}

/**
 * A service's deployments as its description lists them: those that have not ended, and the last that did. For where
 * ECS's own list of deployments may not be asked.
 */
export class DescribedDeployments {
  constructor(
    private readonly ecs: ECSClient,
    private readonly address: ServiceAddress,
  ) {}

  async known(): Promise<ReadonlySet<string>> {
    const { deployments = [] } = (await describeService(this.ecs, this.address)) ?? {};
    return new Set(deployments.flatMap(({ id }) => id ?? []));
  }

  /** The one that began since then and brings this task definition; without one, the newest of it. */
  async find(known: ReadonlySet<string>, taskDefinition: string): Promise<Rollout | undefined> {
    const { deployments = [] } = (await describeService(this.ecs, this.address)) ?? {};
    const fresh = deployments.filter(({ id }) => id !== undefined && !known.has(id));
    const found =
      fresh.find((each) => each.taskDefinition === taskDefinition) ??
      fresh[0] ??
      deployments.find((each) => each.taskDefinition === taskDefinition);
    const id = found?.id;
    return id === undefined ? undefined : { id, look: () => this.look(id, taskDefinition) };
  }

  private async look(id: string, taskDefinition: string): Promise<RolloutView> {
    const service = await describeService(this.ecs, this.address);
    const deployments = service?.deployments ?? [];
    const own = deployments.find((each) => each.id === id);
    const primary = deployments.find(({ status }) => status === "PRIMARY");
    const back = primary !== undefined && primary.id !== id && service?.taskDefinition !== taskDefinition;
    if (own !== undefined && own.rolloutState !== "FAILED" && !back) return viewOf(own, stateOf(own));
    // ECS puts the former task definition into a deployment of its own, and drops ours once that is in place.
    const reason = own?.rolloutStateReason ?? primary?.rolloutStateReason;
    const state = !back
      ? own === undefined
        ? stateOf(primary)
        : "failed"
      : primary.rolloutState === "COMPLETED"
        ? "rolledBack"
        : primary.rolloutState === "FAILED"
          ? "failed"
          : "rollingBack";
    return { ...viewOf(own ?? primary, state), ...(reason === undefined ? {} : { reason }) };
  }
}

const stateOf = (deployment: Deployment | undefined): RolloutView["state"] =>
  deployment?.rolloutState === "COMPLETED"
    ? "completed"
    : deployment?.rolloutState === "FAILED"
      ? "failed"
      : "inProgress";

function viewOf(deployment: Deployment | undefined, state: RolloutView["state"]): RolloutView {
  const {
    runningCount,
    desiredCount,
    pendingCount,
    failedTasks,
    rolloutStateReason: reason,
  } = deployment ?? {};
  return {
    state,
    ...(reason === undefined ? {} : { reason }),
    running: runningCount ?? 0,
    desired: desiredCount ?? 0,
    pending: pendingCount ?? 0,
    failed: failedTasks ?? 0,
  };
}

import {
  DescribeServiceDeploymentsCommand,
  DescribeServiceRevisionsCommand,
  ListServiceDeploymentsCommand,
  StopServiceDeploymentCommand,
  type ECSClient,
  type ServiceDeployment,
  type ServiceDeploymentStatus,
} from "@aws-sdk/client-ecs";
import type { ServiceAddress } from "./service-address";
import type { Rollout, RolloutView } from "./rollout-view";

/**
 * A service's deployments as ECS keeps them for 90 days, with their rollbacks and stages.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-deployment.html
 */
export class ServiceDeployments {
  constructor(
    private readonly ecs: ECSClient,
    private readonly address: ServiceAddress,
  ) {}

  /** ARNs of the newest. */
  async known(): Promise<ReadonlySet<string>> {
    return new Set((await this.list()).map(({ arn }) => arn));
  }

  /** The one that began since then and brings this task definition; without one, the newest of it. */
  async find(known: ReadonlySet<string>, taskDefinition: string): Promise<Rollout | undefined> {
    const listed = await this.list();
    const fresh = listed.filter(({ arn }) => !known.has(arn));
    for (const { arn, revision } of [...fresh, ...listed.slice(0, 1)])
      if (revision !== undefined && (await this.taskDefinitionOf(revision)) === taskDefinition)
        return {
          id: arn.split("/").at(-1) ?? arn,
          look: () => this.look(arn),
          stop: () => this.stop(arn),
        };
    return undefined;
  }

  /** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stop-service-deployment.html */
  private async stop(arn: string): Promise<void> {
    await this.ecs.send(
      new StopServiceDeploymentCommand({ serviceDeploymentArn: arn, stopType: "ROLLBACK" }),
    );
  }

  private async list(): Promise<readonly { readonly arn: string; readonly revision: string | undefined }[]> {
    const { serviceDeployments = [] } = await this.ecs.send(
      new ListServiceDeploymentsCommand({ ...this.address, maxResults: 20 }),
    );
    return [...serviceDeployments]
      .sort((a, b) => (b.createdAt?.getTime() ?? 0) - (a.createdAt?.getTime() ?? 0))
      .flatMap(({ serviceDeploymentArn: arn, targetServiceRevisionArn: revision }) =>
        arn === undefined ? [] : [{ arn, revision }],
      );
  }

  private async taskDefinitionOf(revision: string): Promise<string | undefined> {
    const { serviceRevisions: [found] = [] } = await this.ecs.send(
      new DescribeServiceRevisionsCommand({ serviceRevisionArns: [revision] }),
    );
    return found?.taskDefinition;
  }

  private async look(arn: string): Promise<RolloutView> {
    const { serviceDeployments: [found] = [] } = await this.ecs.send(
      new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [arn] }),
    );
    if (found === undefined) throw new Error(`ECS does not know the deployment ${arn} any more`);
    return viewOf(found);
  }
}

const STATES: Readonly<Record<ServiceDeploymentStatus, RolloutView["state"]>> = {
  PENDING: "inProgress",
  IN_PROGRESS: "inProgress",
  SUCCESSFUL: "completed",
  ROLLBACK_REQUESTED: "rollingBack",
  ROLLBACK_IN_PROGRESS: "rollingBack",
  ROLLBACK_SUCCESSFUL: "rolledBack",
  ROLLBACK_FAILED: "failed",
  STOP_REQUESTED: "rollingBack",
  STOPPED: "failed",
};

export function viewOf(deployment: ServiceDeployment): RolloutView {
  const { status, statusReason, lifecycleStage, rollback, alarms, deploymentCircuitBreaker } = deployment;
  const { targetServiceRevision: target } = deployment;
  const triggered = alarms?.triggeredAlarmNames ?? [];
  const reason =
    rollback?.reason ??
    statusReason ??
    (triggered.length > 0 ? `alarms went off: ${triggered.join(", ")}` : undefined);
  return {
    state: status === undefined ? "inProgress" : STATES[status],
    ...(reason === undefined ? {} : { reason }),
    ...(lifecycleStage === undefined ? {} : { stage: lifecycleStage }),
    running: target?.runningTaskCount ?? 0,
    desired: target?.requestedTaskCount ?? 0,
    pending: target?.pendingTaskCount ?? 0,
    failed: deploymentCircuitBreaker?.failureCount ?? 0,
  };
}

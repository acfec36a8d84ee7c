import type { ApplicationAutoScalingClient } from "@aws-sdk/client-application-auto-scaling";
import {
  CreateDeploymentCommand,
  GetDeploymentCommand,
  StopDeploymentCommand,
  type CodeDeployClient,
  type DeploymentInfo,
  type DeploymentStatus,
} from "@aws-sdk/client-codedeploy";
import { UpdateServiceCommand, type ECSClient } from "@aws-sdk/client-ecs";
import { GetParameterCommand, type SSMClient } from "@aws-sdk/client-ssm";
import { CliError } from "../errors";
import { describeService } from "./described-deployments";
import { fewestTasks } from "./fewest-tasks";
import { followOrTakeBack } from "./follow";
import type { Rollout, RolloutView } from "./rollout-view";
import type { Before, RunningService } from "./running-service";
import type { ServiceAddress } from "./service-address";
import { StoppedTasks } from "./stopped-tasks";

interface Clients {
  readonly codeDeploy: CodeDeployClient;
  readonly ecs: ECSClient;
  readonly ssm: SSMClient;
  readonly scaling: ApplicationAutoScalingClient;
}

/**
 * A service of which CodeDeploy replaces the tasks: new ones beside the old, and the traffic moved to them. Terraform
 * leaves in a parameter what to start; a deployment starts it.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-bluegreen.html
 */
export class CodeDeployService implements RunningService {
  readonly keepsFormerTasks = true;

  constructor(
    private readonly clients: Clients,
    private readonly address: ServiceAddress,
    /** Name of the application, and of its one deployment group. */
    private readonly application: string,
    /** Parameter with the AppSpec of the next deployment. */
    private readonly appSpecParameter: string,
  ) {}

  async remember(): Promise<Before> {
    if ((await describeService(this.clients.ecs, this.address)) === undefined)
      throw new CliError(
        `ECS has no service ${this.address.service} in ${this.address.cluster}. Nothing was changed.`,
        "Its stack was not applied to the end, or somebody deleted it: slipway up with the service's stack.",
      );
    const stopped = new StoppedTasks(this.clients.ecs, this.address);
    return {
      follow: async (taskDefinition, watching) => {
        const already = await this.primary();
        if (already.taskDefinition === taskDefinition) return { state: "completed", ...already, failed: 0 };
        await this.awaken();
        const rollout = await this.begin(already.taskDefinition);
        watching.onEvent(`CodeDeploy's deployment ${rollout.id}`);
        return followOrTakeBack(rollout, { ...watching, news: () => stopped.fresh(taskDefinition) });
      },
    };
  }

  restart(): Promise<string> {
    return Promise.reject(new CliError("CodeDeploy starts no tasks anew without another revision."));
  }

  async stop(): Promise<void> {
    await this.clients.ecs.send(new UpdateServiceCommand({ ...this.address, desiredCount: 0 }));
  }

  /**
   * CodeDeploy starts as many new tasks as the service wants at that moment: before the first release that is none,
   * until autoscaling takes the service up.
   */
  private async awaken(): Promise<void> {
    const { desiredCount = 0 } = (await describeService(this.clients.ecs, this.address)) ?? {};
    const fewest = (await fewestTasks(this.clients.scaling, this.address)) ?? 0;
    if (desiredCount < fewest)
      await this.clients.ecs.send(new UpdateServiceCommand({ ...this.address, desiredCount: fewest }));
  }

  private async begin(former: string | undefined): Promise<Rollout> {
    const { Parameter: parameter } = await this.clients.ssm.send(
      new GetParameterCommand({ Name: this.appSpecParameter }),
    );
    const { deploymentId: id } = await this.clients.codeDeploy.send(
      new CreateDeploymentCommand({
        applicationName: this.application,
        deploymentGroupName: this.application,
        revision: { revisionType: "AppSpecContent", appSpecContent: { content: parameter?.Value } },
      }),
    );
    if (id === undefined) throw new CliError("CodeDeploy answered without a deployment");
    let waited = 0;
    return {
      id,
      look: async () => {
        const info = await this.deployment(id);
        const { taskDefinition, ...counts } = await this.primary();
        const view = { ...counts, ...viewOf(info) };
        if (view.state !== "rollingBack") return view;
        const rollback = stateOfRollback(await this.rollbackOf(info));
        if (rollback === "rollingBack") return view;
        const back = rollback !== "failed" && taskDefinition === former;
        // CodeDeploy begins a rollback a moment after the end of what it rolls back.
        const settled = rollback === "failed" || (rollback === "rolledBack" && back);
        if (!settled && ++waited < ROLLBACK_SHOWS_WITHIN) return view;
        if (back) return { ...view, state: "rolledBack" };
        const kept = `the traffic is with ${taskDefinition ?? "no task"}`;
        return {
          ...view,
          state: "failed",
          reason: [view.reason, `CodeDeploy did not roll it back: ${kept}`].filter(Boolean).join("; "),
        };
      },
      stop: async () => {
        await this.clients.codeDeploy.send(
          new StopDeploymentCommand({ deploymentId: id, autoRollbackEnabled: true }),
        );
      },
    };
  }

  private async deployment(deploymentId: string): Promise<DeploymentInfo | undefined> {
    const { deploymentInfo } = await this.clients.codeDeploy.send(new GetDeploymentCommand({ deploymentId }));
    return deploymentInfo;
  }

  /** A rollback is a deployment of its own. */
  private async rollbackOf(info: DeploymentInfo | undefined): Promise<DeploymentInfo | undefined> {
    const id = info?.rollbackInfo?.rollbackDeploymentId;
    return id === undefined ? undefined : this.deployment(id);
  }

  /** The tasks that have the traffic. */
  private async primary() {
    const { taskSets = [] } = (await describeService(this.clients.ecs, this.address)) ?? {};
    const found = taskSets.find(({ status }) => status === "PRIMARY");
    return {
      taskDefinition: found?.taskDefinition,
      running: found?.runningCount ?? 0,
      desired: found?.computedDesiredCount ?? 0,
      pending: found?.pendingCount ?? 0,
    };
  }
}

const STATES: Readonly<Record<DeploymentStatus, RolloutView["state"]>> = {
  Created: "inProgress",
  Queued: "inProgress",
  InProgress: "inProgress",
  Baking: "inProgress",
  Ready: "inProgress",
  Succeeded: "completed",
  // Over, but the traffic is back only after CodeDeploy's own rollback.
  Failed: "rollingBack",
  Stopped: "rollingBack",
};

/** Looks at a deployment that ended badly, until a rollback of it shows, and ECS has taken it up. */
const ROLLBACK_SHOWS_WITHIN = 6;

/** Nothing where there is none. */
function stateOfRollback(
  rollback: DeploymentInfo | undefined,
): "rolledBack" | "rollingBack" | "failed" | undefined {
  if (rollback === undefined) return undefined;
  if (rollback.status === "Succeeded") return "rolledBack";
  return rollback.status === "Failed" || rollback.status === "Stopped" ? "failed" : "rollingBack";
}

function viewOf(
  info: DeploymentInfo | undefined,
): Pick<RolloutView, "state" | "reason" | "stage" | "failed"> {
  const { status, errorInformation, rollbackInfo } = info ?? {};
  const reason = errorInformation?.message ?? rollbackInfo?.rollbackMessage;
  return {
    state: status === undefined ? "inProgress" : STATES[status],
    ...(reason === undefined ? {} : { reason }),
    ...(status === undefined || status === "InProgress" ? {} : { stage: status }),
    failed: 0,
  };
}

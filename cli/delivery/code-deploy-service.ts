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
import { follow, type Ending, type Watcher } from "./follow";
import type { Rollout, RolloutView } from "./rollout-view";
import type { Before, RunningService } from "./running-service";
import type { ServiceAddress } from "./service-address";
import { StoppedTasks } from "./stopped-tasks";

interface Clients {
  readonly codeDeploy: CodeDeployClient;
  readonly ecs: ECSClient;
  readonly ssm: SSMClient;
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
        const rollout = await this.begin();
        watching.onEvent(`CodeDeploy's deployment ${rollout.id}`);
        const watcher: Watcher = { ...watching, news: () => stopped.fresh(taskDefinition) };
        const ending = await follow(rollout, watcher);
        return ending.state === "timedOut" ? this.takeBack(rollout, ending) : ending;
      },
    };
  }

  restart(): Promise<string> {
    return Promise.reject(new CliError("CodeDeploy starts no tasks anew without another revision."));
  }

  async stop(): Promise<void> {
    await this.clients.ecs.send(new UpdateServiceCommand({ ...this.address, desiredCount: 0 }));
  }

  private async begin(): Promise<Rollout> {
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
    return { id, look: () => this.look(id) };
  }

  private async look(id: string): Promise<RolloutView> {
    const { deploymentInfo: info } = await this.clients.codeDeploy.send(
      new GetDeploymentCommand({ deploymentId: id }),
    );
    return { ...(await this.primary()), ...viewOf(info) };
  }

  /** A deployment that nobody waits for any longer must not end by itself. */
  private async takeBack(rollout: Rollout, ending: Ending): Promise<Ending> {
    await this.clients.codeDeploy.send(
      new StopDeploymentCommand({ deploymentId: rollout.id, autoRollbackEnabled: true }),
    );
    return ending;
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
  // The traffic is back with the tasks that had it, by CodeDeploy's own rollback.
  Failed: "rolledBack",
  Stopped: "rolledBack",
};

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

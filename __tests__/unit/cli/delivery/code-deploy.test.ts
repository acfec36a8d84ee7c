import type { CodeDeployClient, DeploymentStatus } from "@aws-sdk/client-codedeploy";
import type { ECSClient } from "@aws-sdk/client-ecs";
import type { SSMClient } from "@aws-sdk/client-ssm";
import { CodeDeployService } from "../../../../cli/delivery/code-deploy-service";

interface Command {
  readonly constructor: { readonly name: string };
  readonly input: unknown;
}

/** A service of revision 1 whose deployment goes through `statuses`, the last again and again. */
function play(statuses: DeploymentStatus[], error?: string) {
  const sent: (readonly [string, unknown])[] = [];
  let status: DeploymentStatus = "Created";
  const answers: Record<string, (input: unknown) => unknown> = {
    DescribeServicesCommand: () => ({
      services: [
        {
          status: "ACTIVE",
          taskSets: [
            {
              status: "PRIMARY",
              taskDefinition: `orders:${status === "Succeeded" ? 2 : 1}`,
              runningCount: 2,
              computedDesiredCount: 2,
            },
          ],
        },
      ],
    }),
    ListTasksCommand: () => ({ taskArns: [] }),
    GetParameterCommand: () => ({ Parameter: { Value: '{"version":"0.0"}' } }),
    CreateDeploymentCommand: () => ({ deploymentId: "d-1" }),
    GetDeploymentCommand: () => {
      status = statuses.shift() ?? status;
      return {
        deploymentInfo: { status, ...(error === undefined ? {} : { errorInformation: { message: error } }) },
      };
    },
    StopDeploymentCommand: () => ({}),
  };
  const client = {
    send: (command: Command) => {
      sent.push([command.constructor.name, command.input]);
      return Promise.resolve(answers[command.constructor.name]?.(command.input));
    },
  };
  const service = new CodeDeployService(
    {
      codeDeploy: client as unknown as CodeDeployClient,
      ecs: client as unknown as ECSClient,
      ssm: client as unknown as SSMClient,
    },
    { cluster: "c", service: "orders" },
    "live-orders",
    "/slipway/live/release/orders/app-spec",
  );
  const events: string[] = [];
  const follow = async (taskDefinition: string, timeout = 5000) =>
    (await service.remember()).follow(taskDefinition, {
      timeout,
      signals: [],
      every: 5,
      onLook: () => undefined,
      onEvent: (text) => events.push(text),
    });
  return { follow, sent, events };
}

describe("a rollout by CodeDeploy", () => {
  it("starts what Terraform left in the parameter, and ends when it succeeded", async () => {
    const { follow, sent, events } = play(["Created", "InProgress", "Succeeded"]);
    expect(await follow("orders:2")).toMatchObject({ state: "completed", running: 2, desired: 2 });
    expect(sent).toContainEqual([
      "CreateDeploymentCommand",
      {
        applicationName: "live-orders",
        deploymentGroupName: "live-orders",
        revision: { revisionType: "AppSpecContent", appSpecContent: { content: '{"version":"0.0"}' } },
      },
    ]);
    expect(events).toEqual(["CodeDeploy's deployment d-1"]);
  });

  it("starts nothing when the revision has the traffic already", async () => {
    const { follow, sent } = play([]);
    expect(await follow("orders:1")).toMatchObject({ state: "completed" });
    expect(sent.map(([name]) => name)).not.toContain("CreateDeploymentCommand");
  });

  it("that fails is over: CodeDeploy gave the traffic back", async () => {
    const { follow } = play(["InProgress", "Failed"], "The deployment failed because of alarms");
    expect(await follow("orders:2")).toMatchObject({
      state: "rolledBack",
      reason: expect.stringMatching(/alarms/),
    });
  });

  it("that takes too long is stopped and rolled back", async () => {
    const { follow, sent } = play(["InProgress"]);
    expect(await follow("orders:2", 30)).toMatchObject({ state: "timedOut" });
    expect(sent).toContainEqual([
      "StopDeploymentCommand",
      { deploymentId: "d-1", autoRollbackEnabled: true },
    ]);
  });
});

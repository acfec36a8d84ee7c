import type { ApplicationAutoScalingClient } from "@aws-sdk/client-application-auto-scaling";
import type { CodeDeployClient, DeploymentStatus } from "@aws-sdk/client-codedeploy";
import type { ECSClient } from "@aws-sdk/client-ecs";
import type { SSMClient } from "@aws-sdk/client-ssm";
import { CodeDeployService } from "../../../../cli/delivery/code-deploy-service";

interface Command {
  readonly constructor: { readonly name: string };
  readonly input: unknown;
}

interface Played {
  readonly error?: string;
  /** What CodeDeploy's own rollback goes through. @default it makes none */
  readonly rollback?: DeploymentStatus[];
  /** Revision that has the traffic after a rollback. @default 1 */
  readonly after?: number;
  /** Tasks that are wanted, and the fewest that autoscaling keeps. @default 2 */
  readonly desired?: number;
}

/** A service of revision 1 whose deployment goes through `statuses`, the last again and again. */
function play(statuses: DeploymentStatus[], { error, rollback, after = 1, desired = 2 }: Played = {}) {
  const sent: (readonly [string, unknown])[] = [];
  let status: DeploymentStatus = "Created";
  let back: DeploymentStatus = "Created";
  const answers: Record<string, (input: unknown) => unknown> = {
    DescribeServicesCommand: () => ({
      services: [
        {
          status: "ACTIVE",
          desiredCount: desired,
          taskSets: [
            {
              status: "PRIMARY",
              taskDefinition: `orders:${status === "Succeeded" ? 2 : status === "Failed" || status === "Stopped" ? after : 1}`,
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
    GetDeploymentCommand: (input) => {
      if (JSON.stringify(input).includes("d-back")) {
        back = rollback?.shift() ?? back;
        return { deploymentInfo: { status: back } };
      }
      status = statuses.shift() ?? status;
      return {
        deploymentInfo: {
          status,
          ...(error === undefined ? {} : { errorInformation: { message: error } }),
          ...(rollback === undefined ? {} : { rollbackInfo: { rollbackDeploymentId: "d-back" } }),
        },
      };
    },
    StopDeploymentCommand: () => {
      statuses.push("Stopped");
      return {};
    },
    DescribeScalableTargetsCommand: () => ({ ScalableTargets: [{ MinCapacity: 2 }] }),
    UpdateServiceCommand: () => ({}),
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
      scaling: client as unknown as ApplicationAutoScalingClient,
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

  it("that fails is over once CodeDeploy's own rollback is", async () => {
    const { follow } = play(["InProgress", "Failed"], {
      error: "The deployment failed because of alarms",
      rollback: ["Created", "InProgress", "Succeeded"],
    });
    expect(await follow("orders:2")).toMatchObject({
      state: "rolledBack",
      reason: expect.stringMatching(/alarms/),
    });
  });

  it("that fails before any traffic moved needs no rollback", async () => {
    const { follow } = play(["Failed"]);
    expect(await follow("orders:2")).toMatchObject({ state: "rolledBack" });
  });

  it.each<[string, Played]>([
    ["whose rollback fails", { rollback: ["Failed"], after: 2 }],
    ["that nobody rolls back", { after: 2 }],
    ["whose rollback leads elsewhere", { rollback: ["Succeeded"], after: 7 }],
  ])("that fails, %s, is not taken for rolled back", async (_what, played) => {
    const { follow } = play(["InProgress", "Failed"], { error: "boom", ...played });
    expect(await follow("orders:2")).toMatchObject({
      state: "failed",
      reason: `boom; CodeDeploy did not roll it back: the traffic is with orders:${played.after}`,
    });
  });

  it("that takes too long is stopped, and its rollback waited for", async () => {
    const { follow, sent } = play(["InProgress"], { rollback: ["InProgress", "Succeeded"] });
    expect(await follow("orders:2", 200)).toMatchObject({
      state: "rolledBack",
      reason: expect.stringMatching(/not done after/),
    });
    expect(sent).toContainEqual([
      "StopDeploymentCommand",
      { deploymentId: "d-1", autoRollbackEnabled: true },
    ]);
  });

  it("begins with as many tasks as autoscaling keeps, also the first one", async () => {
    const { follow, sent } = play(["Succeeded"], { desired: 0 });
    await follow("orders:2");
    const commands = sent.map(([name]) => name);
    expect(sent).toContainEqual([
      "UpdateServiceCommand",
      { cluster: "c", service: "orders", desiredCount: 2 },
    ]);
    expect(commands.indexOf("UpdateServiceCommand")).toBeLessThan(
      commands.indexOf("CreateDeploymentCommand"),
    );
  });
});

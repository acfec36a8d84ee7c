import { ApplicationAutoScalingClient } from "@aws-sdk/client-application-auto-scaling";
import { EcsRunningService } from "../../../../cli/delivery/running-service";
import { PlayedEcs, type Wanted } from "../../../support/played-ecs";

const revision = (n: number): Wanted => ({
  taskDefinition: `arn:aws:ecs:eu-central-1:1:task-definition/orders:${n}`,
  digest: `sha256:${n}`,
});

/** A service that runs revision 1 and gets revision 2. */
async function rollout(
  listed: boolean,
  play: (ecs: PlayedEcs) => void,
  change: { timeout?: number; stop?: AbortSignal } = {},
) {
  let wanted = revision(1);
  const ecs = new PlayedEcs(() => Promise.resolve(wanted));
  ecs.listed = listed;
  const endpoint = await ecs.start();
  const options = {
    region: "eu-central-1",
    endpoint,
    credentials: () =>
      Promise.resolve({
        accessKeyId: "test",
        secretAccessKey: "test",
        sessionToken: "test",
        expiration: new Date(Date.now() + 3_600_000),
      }),
    maxAttempts: 3,
  };
  const scaling = { send: () => Promise.resolve({ ScalableTargets: [] }) };
  const service = new EcsRunningService(options, scaling as unknown as ApplicationAutoScalingClient, {
    cluster: "c",
    service: "orders",
  });
  const events: string[] = [];
  const looks: string[] = [];
  const watching = {
    timeout: change.timeout ?? 60_000,
    signals: change.stop === undefined ? [] : [change.stop],
    every: 5,
    onLook: (text: string) => looks.push(text),
    onEvent: (text: string) => events.push(text),
  };
  try {
    const first = await service.remember();
    await first.follow(wanted.taskDefinition, {
      ...watching,
      onLook: () => undefined,
      onEvent: () => undefined,
    });
    const before = await service.remember();
    wanted = revision(2);
    play(ecs);
    const ending = await before.follow(wanted.taskDefinition, watching).catch((error: unknown) => error);
    return { ending, events, looks, asked: ecs.asked };
  } finally {
    await ecs.stop();
  }
}

describe.each([
  ["by ECS's list of deployments", true],
  ["by the service's description, where the list may not be asked", false],
])("a rollout that is followed %s", (_how, listed) => {
  const follow = (play: (ecs: PlayedEcs) => void, change?: Parameters<typeof rollout>[2]) =>
    rollout(listed, play, change);

  it("ends when its tasks run", async () => {
    const { ending, events, looks } = await follow(() => undefined);
    expect(ending).toMatchObject({ state: "completed", running: 1, desired: 1 });
    expect(looks).toContain("1 of 1 running");
    expect(events).toContain("has reached a steady state.");
  });

  it("that ECS rolls back ends as that, and tells why tasks stopped", async () => {
    const { ending, events } = await follow((ecs) => {
      ecs.broken.add("sha256:2");
    });
    expect(ending).toMatchObject({ state: "rolledBack" });
    expect(events).toEqual(
      expect.arrayContaining([
        "deployment failed: tasks failed to start.",
        expect.stringMatching(
          /^task dead2 stopped: Essential container in task exited; orders: exit code 3, OutOfMemoryError/,
        ),
      ]),
    );
    expect(new Set(events).size).toBe(events.length);
  });

  it("that never ends is given up: ECS rolls it back before anything else is done", async () => {
    const { ending, asked } = await follow(
      (ecs) => {
        ecs.stuck.add("sha256:2");
      },
      { timeout: 600 },
    );
    // Where ECS's list of deployments may not be asked, none can be stopped.
    expect(asked.includes("StopServiceDeployment")).toBe(listed);
    expect(ending).toMatchObject({
      state: listed ? "rolledBack" : "timedOut",
      reason: expect.stringMatching(/not done after/),
    });
  });

  it("goes on when ECS throttles", async () => {
    const { ending } = await follow((ecs) => {
      ecs.failures.set("DescribeServices", Array<string>(7).fill("ThrottlingException"));
    });
    expect(ending).toMatchObject({ state: "completed" });
  }, 30_000);

  it("is lost sight of when the credentials end: nobody pretends to know how it ends", async () => {
    const { ending } = await follow((ecs) => {
      ecs.stuck.add("sha256:2");
      setTimeout(() => {
        for (const operation of ["DescribeServices", "DescribeServiceDeployments"])
          ecs.failures.set(operation, Array<string>(50).fill("ExpiredTokenException"));
      }, 60);
    });
    expect(ending).toMatchObject({
      message: expect.stringMatching(/goes on in ECS; how it ends is not known/),
    });
  });

  it("is left at Ctrl-C", async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 300);
    const { ending } = await follow(
      (ecs) => {
        ecs.stuck.add("sha256:2");
      },
      { stop: stop.signal },
    );
    expect(ending).toMatchObject({ state: "interrupted" });
  });
});

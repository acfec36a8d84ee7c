import { deliver } from "../../../../cli/delivery/deliver";
import { playDelivery, RELEASE, type Faults } from "../../../support/played-delivery";

/** What a delivery that fails says, and how the service was left. */
async function failing(released: string, faults: Faults) {
  const played = playDelivery(released, faults);
  const error = await deliver(played.parts, RELEASE).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error)) throw new Error("It went through");
  const [record] = await played.history.list();
  return { ...played, message: error.message, outcome: record?.outcome, reason: record?.reason };
}

describe("a delivery", () => {
  it("writes the digest, plans, applies, follows the rollout, proves an empty plan, and is recorded", async () => {
    const { parts, done, history } = playDelivery("sha256:old");
    const { outcome, record } = await deliver(parts, RELEASE);
    expect(done).toEqual([
      "write sha256:new",
      "plan",
      "apply sha256:new",
      "follow orders:sha256:new",
      "plan",
    ]);
    expect(outcome).toBe("succeeded");
    expect(await history.list()).toEqual([
      expect.objectContaining({ ...RELEASE, number: 1, previous: "sha256:old", outcome: "succeeded" }),
    ]);
    expect(record.number).toBe(1);
  });

  it("of what is in service already changes nothing, and follows its rollout to the end again", async () => {
    const { parts, done } = playDelivery("sha256:new");
    await deliver(parts, RELEASE);
    expect(done.filter((step) => step.startsWith("write"))).toEqual([]);
    expect(done).toContain("follow orders:sha256:new");
  });

  it("without any task that runs proves nothing, and says so", async () => {
    const { parts, history } = playDelivery("none", { ends: () => ({ running: 0, desired: 0 }) });
    expect((await deliver(parts, RELEASE)).outcome).toBe("idle");
    expect(await history.newest(({ outcome }) => outcome === "succeeded")).toBeUndefined();
  });

  it("of a task that a schedule starts ends with the apply", async () => {
    const { parts, done } = playDelivery("sha256:old", { scheduled: true });
    expect((await deliver(parts, RELEASE)).outcome).toBe("succeeded");
    expect(done).toEqual(["write sha256:new", "plan", "apply sha256:new", "plan"]);
  });

  it("into a stack that was never applied is refused", async () => {
    const { parts, done } = playDelivery(undefined);
    await expect(deliver(parts, RELEASE)).rejects.toThrow(/never applied[^]*slipway up live-service-orders/);
    expect(done).toEqual([]);
  });
});

describe("a delivery that fails", () => {
  it("brings the former release back when ECS rolls back, follows that, and proves an empty plan", async () => {
    const { done, message, outcome, reason } = await failing("sha256:old", {
      ends: (digest) =>
        digest === "sha256:new" ? { state: "rolledBack", reason: "tasks failed to start" } : {},
    });
    expect(done).toEqual([
      "write sha256:new",
      "plan",
      "apply sha256:new",
      "follow orders:sha256:new",
      "write sha256:old",
      "plan",
      "apply sha256:old",
      "follow orders:sha256:old",
      "plan",
    ]);
    expect(message).toMatch(
      /ECS rolled the deployment back: tasks failed to start\n.*in service again \(sha256:old\)/,
    );
    expect([outcome, reason]).toEqual(["rolledBack", expect.stringMatching(/tasks failed to start/)]);
  });

  it("by CodeDeploy leaves the former tasks as they were: they are not rolled out again", async () => {
    const { done, parameter } = await failing("sha256:old", {
      codeDeploy: true,
      ends: () => ({ state: "rolledBack" }),
    });
    expect(done.slice(-3)).toEqual(["plan", "apply sha256:old", "plan"]);
    expect(parameter()).toBe("sha256:old");
  });

  it("by CodeDeploy, which could not roll back, rolls the former release out again", async () => {
    const { done } = await failing("sha256:old", {
      codeDeploy: true,
      ends: (digest) => (digest === "sha256:new" ? { state: "failed" } : {}),
    });
    expect(done.slice(-4)).toEqual(["plan", "apply sha256:old", "follow orders:sha256:old", "plan"]);
  });

  it("as the first release leaves none, and no task that tries to start", async () => {
    const { done, message, parameter } = await failing("none", { ends: () => ({ state: "failed" }) });
    expect(done.slice(-4)).toEqual(["plan", "apply none", "stop", "plan"]);
    expect(parameter()).toBe("none");
    expect(message).toMatch(/without one again/);
  });

  it("goes back when the rollout takes too long", async () => {
    const { parameter, outcome } = await failing("sha256:old", {
      ends: (digest) =>
        digest === "sha256:new" ? { state: "timedOut", reason: "not done after 30 min" } : {},
    });
    expect([parameter(), outcome]).toEqual(["sha256:old", "failed"]);
  });

  it("goes back when the apply fails midway", async () => {
    const { done, message, parameter } = await failing("sha256:old", {
      apply: (applies) => {
        if (applies === 0) throw new Error("ThrottlingException: Rate exceeded");
      },
    });
    expect(done).toContain("apply sha256:old");
    expect(parameter()).toBe("sha256:old");
    expect(message).toMatch(/the apply failed: ThrottlingException/);
  });

  it("in its plan takes the digest back, applies nothing and leaves no record", async () => {
    const { done, message, history } = await failing("sha256:old", {
      plan: () => {
        throw new Error("ExpiredToken");
      },
    });
    expect(done).toEqual(["write sha256:new", "plan", "write sha256:old"]);
    expect(message).toMatch(/Nothing was applied; the parameter says sha256:old as before/);
    expect(await history.list()).toEqual([]);
  });

  it("refuses a plan that touches a role, and takes the digest back", async () => {
    const { done, message } = await failing("sha256:old", {
      alsoPlanned: () => [{ address: "aws_iam_role.roles_task", type: "aws_iam_role", action: "update" }],
    });
    expect(done).toEqual(["write sha256:new", "plan", "write sha256:old"]);
    expect(message).toMatch(
      /more than the task definition and the service; nothing was applied[^]*aws_iam_role\.roles_task/,
    );
    expect(message).toMatch(/slipway up live-service-orders/);
  });

  it("tells when not even the parameter can be taken back", async () => {
    const { message } = await failing("sha256:old", {
      plan: () => {
        throw new Error("no network");
      },
      write: (value) => {
        if (value === "sha256:old") throw new Error("ExpiredTokenException");
      },
    });
    expect(message).toMatch(
      /could not be set back to sha256:old: ExpiredTokenException[^]*would bring the new digest/,
    );
  });

  it("tells when the former release cannot be brought back, and what to do", async () => {
    const { message, outcome } = await failing("sha256:old", {
      ends: (digest) => (digest === "sha256:new" ? { state: "rolledBack" } : {}),
      apply: (applies) => {
        if (applies === 1) throw new Error("AccessDenied");
      },
    });
    expect(message).toMatch(
      /Nor could the release before be brought back: AccessDenied[^]*slipway up live-service-orders/,
    );
    expect(outcome).toBe("rolledBack");
  });

  it("to prove an empty plan leaves the release in service, and says what is not known", async () => {
    const { message, outcome, parameter } = await failing("sha256:old", {
      plan: (plans) => {
        if (plans === 1) throw new Error("Interrupted.");
      },
    });
    expect(message).toMatch(
      /sha256:new is in service \(succeeded\); whether a plan after it is empty is not known/,
    );
    expect([outcome, parameter()]).toEqual(["succeeded", "sha256:new"]);
  });

  it("says so when a plan after all of it is not empty", async () => {
    const { message, outcome } = await failing("sha256:old", {
      alsoPlanned: (plans) =>
        plans === 0 ? [] : [{ address: "aws_ecs_service.s", type: "aws_ecs_service", action: "update" }],
    });
    expect(message).toMatch(
      /plan of live-service-orders after the deployment is not empty[^]*aws_ecs_service\.s/,
    );
    expect(outcome).toBe("succeeded");
  });
});

describe("a delivery that is interrupted", () => {
  it("before the apply takes the digest back", async () => {
    const played = playDelivery("sha256:old", { plan: () => played.stop.abort() });
    await expect(deliver(played.parts, RELEASE)).rejects.toThrow(/Interrupted.*Nothing was applied/);
    expect(played.done).toEqual(["write sha256:new", "plan", "write sha256:old"]);
  });

  it("in the apply takes the digest back, runs Terraform no more, and says how to settle it", async () => {
    const played = playDelivery("sha256:old", {
      apply: () => {
        played.stop.abort();
        throw new Error("Interrupted.");
      },
    });
    await expect(deliver(played.parts, RELEASE)).rejects.toThrow(/in the midst of the apply[^]*slipway up/);
    expect(played.done.slice(-2)).toEqual(["apply sha256:new", "write sha256:old"]);
    expect((await played.history.list())[0]?.outcome).toBe("interrupted");
  });

  it("in the rollout leaves it to ECS, and says that nobody knows how it ends", async () => {
    const played = playDelivery("sha256:old", { ends: () => ({ state: "interrupted" }) });
    await expect(deliver(played.parts, RELEASE)).rejects.toThrow(/its rollout goes on in ECS/);
    expect(played.parameter()).toBe("sha256:new");
    expect((await played.history.list())[0]?.outcome).toBe("interrupted");
  });
});

import { requireProof } from "../../../../cli/delivery/proof";
import { releaseBefore } from "../../../../cli/delivery/release-before";
import { ReleaseHistory, type ReleaseRecord } from "../../../../cli/delivery/release-history";
import { foreignChanges } from "../../../../cli/delivery/release-plan";
import { parseReference, type Image } from "../../../../cli/delivery/registry-images";
import { stageBefore, targetOf } from "../../../../cli/delivery/target";
import type { Change } from "../../../../cli/plan-summary";
import { entering } from "../../../support/played-records";
import { loadCompany, removeFolders } from "../../../support/company";
import { MemoryStore } from "../../../support/memory-store";
import { RELEASE } from "../../../support/played-delivery";

afterAll(removeFolders);

const DIGEST = `sha256:${"a".repeat(64)}`;
const URL = "1.dkr.ecr.eu-central-1.amazonaws.com/orders";

describe("the name of an image", () => {
  it("is a digest, a tag, or the repository's address with either", () => {
    expect(parseReference(DIGEST, URL)).toEqual({ digest: DIGEST });
    expect(parseReference("v1.2", URL)).toEqual({ tag: "v1.2" });
    expect(parseReference(`${URL}@${DIGEST}`, URL)).toEqual({ digest: DIGEST });
    expect(parseReference(`${URL}:v1.2`, URL)).toEqual({ tag: "v1.2" });
  });

  it.each(["sha256:abc", "a b", "", "-v1"])("%j is refused", (text) => {
    expect(() => parseReference(text, URL)).toThrow(/neither a digest nor a tag. Nothing was changed/);
  });

  it("of another repository is refused", () => {
    expect(() => parseReference(`evil.example/orders:v1`, URL)).toThrow(/of another repository/);
  });
});

describe("a plan of a release", () => {
  const change = (address: string, action: Change["action"]): Change => ({
    address,
    type: address.split(".")[0] ?? "",
    action,
  });
  const between = { before: true, after: true };

  it("touches the task definition, the service, the schedule, and what CodeDeploy is told", () => {
    const changes = [
      change("aws_ecs_task_definition.t", "replace"),
      change("aws_ecs_service.s", "update"),
      change("aws_scheduler_schedule.s", "update"),
      change("aws_ssm_parameter.code_deploy_app_spec", "update"),
    ];
    expect(foreignChanges({ changes }, between)).toEqual([]);
  });

  it.each([
    change("aws_ecs_service.s", "replace"),
    change("aws_ecs_service.s", "delete"),
    change("aws_iam_role_policy.p", "update"),
    change("aws_ssm_parameter.release_parameter", "update"),
    change("aws_appautoscaling_target.t[0]", "update"),
    change("aws_cloudwatch_metric_alarm.scaling_step_busy_alarm[0]", "update"),
  ])("touches nothing else: $action of $address", (foreign) => {
    expect(foreignChanges({ changes: [foreign] }, between)).toEqual([foreign]);
  });

  it.each([
    "aws_appautoscaling_target.t[0]",
    "aws_appautoscaling_policy.scaling_step_busy_policy[0]",
    "aws_cloudwatch_metric_alarm.scaling_step_busy_alarm[0]",
  ])("brings scaling with the first release, and takes it away with the last: %s", (address) => {
    const [come, go] = [change(address, "create"), change(address, "delete")];
    expect(foreignChanges({ changes: [come] }, { before: false, after: true })).toEqual([]);
    expect(foreignChanges({ changes: [go] }, { before: true, after: false })).toEqual([]);
    expect(foreignChanges({ changes: [come, go] }, between)).toEqual([come, go]);
  });

  it("brings no other alarm with the first release", () => {
    const alarm = change("aws_cloudwatch_metric_alarm.alarms_cpu", "create");
    expect(foreignChanges({ changes: [alarm] }, { before: false, after: true })).toEqual([alarm]);
  });
});

describe("what an account takes", () => {
  const fleet = loadCompany();
  const account = (name: string) => {
    const found = fleet.accounts.find((each) => each.name === name);
    if (found === undefined) throw new Error(name);
    return found;
  };
  const live = targetOf(fleet, account("live"), "orders");
  const image = (change: Partial<Image> = {}): Image => ({
    digest: DIGEST,
    tags: ["v1"],
    byTag: false,
    ...change,
  });
  const outsider = entering([]);
  const still = { moves: (tag: string) => Promise.resolve(tag === "latest") };

  it("is what ran in the account before it", () => {
    expect(stageBefore(fleet, live)?.name).toBe("development");
    expect(stageBefore(fleet, targetOf(fleet, account("development"), "orders"))).toBeUndefined();
  });

  it("is no tag that may move, where releases are proven", async () => {
    const latest = image({ byTag: true, tag: "latest", tags: ["in-development-orders", "latest"] });
    await expect(requireProof(fleet, outsider, live, latest, still)).rejects.toThrow(
      /latest may name another image/,
    );
    const there = targetOf(fleet, account("development"), "orders");
    await expect(requireProof(fleet, outsider, there, latest, still)).resolves.toBeUndefined();
  });

  it("tells which service was meant, and where it runs", () => {
    expect(() => targetOf(fleet, account("live"), "odrers")).toThrow(
      /no service "odrers"[^]*Did you mean orders/,
    );
    expect(() => targetOf(fleet, account("shared-services"), "orders")).toThrow(
      /It runs in development, live/,
    );
  });
});

describe("the release to go back to", () => {
  const target = { account: { name: "live" }, service: { name: "orders" } } as Parameters<
    typeof releaseBefore
  >[1];
  async function after(...releases: (readonly [string, ReleaseRecord["outcome"], string?])[]) {
    const history = new ReleaseHistory(new MemoryStore(), "deploys/orders/");
    for (const [digest, outcome, origin] of releases) {
      const begun = await history.begin({
        ...RELEASE,
        digest,
        previous: "none",
        ...(origin === undefined ? {} : { origin }),
      });
      await history.end(begun, outcome);
    }
    return history;
  }

  it("is the newest before the current that succeeded, past those that failed", async () => {
    const history = await after(["a", "succeeded"], ["b", "rolledBack"], ["c", "succeeded"], ["d", "failed"]);
    expect((await releaseBefore(history, target, "c")).number).toBe(1);
  });

  it("is one further back each time", async () => {
    const history = await after(
      ["a", "succeeded"],
      ["b", "succeeded"],
      ["c", "succeeded"],
      ["b", "succeeded", "back to release 2"],
    );
    expect((await releaseBefore(history, target, "b")).number).toBe(1);
  });

  it("is refused when there is none", async () => {
    const history = await after(["a", "succeeded"], ["b", "failed"]);
    await expect(releaseBefore(history, target, "a")).rejects.toThrow(/no earlier release in live/);
    await expect(releaseBefore(history, target, "a", 9)).rejects.toThrow(/no release 9/);
    await expect(releaseBefore(history, target, "a", 2)).rejects.toThrow(
      /Release 2 .* never was in service in live: failed/,
    );
  });
});

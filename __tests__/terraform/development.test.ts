import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadFleet } from "../../environments/schema/load";
import { buildPlatform } from "../../stacks/graph";
import { Sandbox, type Result } from "../support/sandbox";
import { temporaryFolder } from "../support/company";
import { planLike } from "../support/terraform-group";
import { describeWithEmulator } from "../support/tiers";

const ACCOUNT = "development";
const ID = "100000000005";
const DIGEST = `sha256:${"ab".repeat(32)}`;
const SERVICE = "development-service-rfid-service";
const RUN = ["--sandbox", "--no-omissions"];

const stacks = () =>
  buildPlatform(loadFleet("environments"), { outdir: temporaryFolder() }).stacks.filter(
    ({ account }) => account.name === ACCOUNT,
  );

/** What the command says of each stack, such as `no changes`. */
const said = ({ stdout }: Result) =>
  Object.fromEntries(
    [...stdout.matchAll(/^[✔✖-] (\S+): (.+?) \(\d+ .*\)$/gm)].map(([, id = "", text = ""]) => [id, text]),
  );

describeWithEmulator("development, from nothing to nothing", () => {
  const sandbox = new Sandbox();
  afterAll(() => sandbox.stop());

  it("is applied, every stack after those that it needs, without a word of warning", async () => {
    const result = await sandbox.start(ACCOUNT);
    expect(result.stdout + result.stderr).not.toMatch(/✖|Error/);
    expect(result.code).toBe(0);
    const order = [...result.stdout.matchAll(/^✔ (development-\S+): \d+ created/gm)].map(([, id = ""]) => id);
    expect([...order].sort()).toEqual(
      stacks()
        .map(({ id }) => id)
        .sort(),
    );
    for (const { id, dependsOn } of stacks())
      for (const before of dependsOn) expect(order.indexOf(before)).toBeLessThan(order.indexOf(id));
    expect(result.stdout).toMatch(/cannot play it: 0 of \d+ resources/);
    expect(sandbox.warnings()).toEqual([]);
  });

  it("says which secrets have no value, and that their services stay at zero", async () => {
    const waiting = "development-service-payment-service";
    const { stdout } = await sandbox.slipway(["up", waiting, ...RUN, "--auto-approve"]);
    expect(stdout).toMatch(/payment-service: Tasks stay at zero: no value yet for billing\/payment-provider/);
  });

  it("has nothing to change in a second plan", async () => {
    const result = await sandbox.slipway(["plan", ACCOUNT, ...RUN]);
    const expected = stacks().filter(({ concern }) => concern !== "bootstrap");
    expect(said(result)).toEqual(Object.fromEntries(expected.map(({ id }) => [id, "no changes"])));
  });

  it("takes up a digest that a deployment wrote: task definition, service and scaling, and nothing else", async () => {
    const ssm = new SSMClient(await sandbox.client(ID));
    const put = (name: string, value: string) =>
      ssm.send(new PutParameterCommand({ Name: name, Value: value, Overwrite: true }));
    await put("/slipway/development/release/rfid-service", DIGEST);
    const { stdout } = await sandbox.slipway(["plan", "development-hosting", SERVICE, ...RUN]);
    expect(stdout).toMatch(/development-hosting: no changes/);
    const changes = [...stdout.matchAll(/^\s+(\+|~|-\/\+|-) (\S+)$/gm)].map(
      ([, sign, address]) => `${sign} ${address}`,
    );
    expect(changes).toEqual([
      "-/+ aws_ecs_task_definition.tasks_task_definition",
      "~ aws_ecs_service.tasks_service",
      "+ aws_appautoscaling_policy.scaling_cpu[0]",
      "+ aws_appautoscaling_scheduled_action.scaling_sleep[0]",
      "+ aws_appautoscaling_scheduled_action.scaling_wake[0]",
      "+ aws_appautoscaling_target.scaling_target[0]",
    ]);
  });

  it("has nothing to change once the digest is in service", async () => {
    const up = await sandbox.slipway(["up", SERVICE, ...RUN, "--auto-approve"]);
    expect(up.code).toBe(0);
    const shown = await sandbox.terraform(ID, SERVICE, [
      "state",
      "show",
      "-no-color",
      "aws_ecs_task_definition.tasks_task_definition",
    ]);
    expect(shown.stdout).toContain(`rfid-service@${DIGEST}`);
    expect(said(await sandbox.slipway(["plan", SERVICE, ...RUN]))).toEqual({ [SERVICE]: "no changes" });
  });

  it("leaves alone what the schedule and autoscaling write", async () => {
    const pulled = await sandbox.terraform(ID, SERVICE, ["state", "pull"]);
    const seen = changeState(pulled.stdout, {
      aws_appautoscaling_target: { min_capacity: 0, max_capacity: 0 },
      aws_ecs_service: { desired_count: 3 },
    });
    const file = join(sandbox.cwd, "seen.tfstate");
    writeFileSync(file, seen);
    expect((await sandbox.terraform(ID, SERVICE, ["state", "push", file])).code).toBe(0);
    const plan = await sandbox.terraform(ID, SERVICE, [
      "plan",
      "-refresh=false",
      "-detailed-exitcode",
      "-no-color",
    ]);
    expect(plan.stdout).toContain("No changes");
    expect(plan.code).toBe(0);
  });

  it("playground, which is like it, can be planned whole", async () => {
    const {
      plan,
      stacks: planned,
      warnings,
    } = await planLike(sandbox, loadFleet("environments"), ACCOUNT, "playground");
    expect(plan.stderr).toBe("");
    expect(planned.length).toBeGreaterThan(30);
    for (const { id } of planned) expect(plan.stdout).toContain(`# module.${id.replaceAll("-", "_")}.`);
    expect(plan.stdout).toMatch(/Plan: \d+ to add, 0 to change, 0 to destroy/);
    expect(warnings).toEqual([]);
  });

  it("comes down again, bootstrap last, and leaves no bucket", async () => {
    const down = await sandbox.slipway(["down", ACCOUNT, ...RUN, "--auto-approve"]);
    expect(down.code).toBe(0);
    expect(down.stdout).toMatch(/Left standing: development-bootstrap/);
    const refused = await sandbox.slipway(["down", "development-bootstrap", ...RUN, "--auto-approve"]);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(
      /refuse to be destroyed; nothing was changed[^]*aws_s3_bucket\.state_states_bucket/,
    );
    const last = await sandbox.slipway([
      "down",
      "development-bootstrap",
      ...RUN,
      "--auto-approve",
      "--lift-protection",
    ]);
    expect(last.code).toBe(0);
    const { Buckets: buckets } = await new S3Client({
      ...(await sandbox.client(ID)),
      forcePathStyle: true,
    }).send(new ListBucketsCommand({}));
    expect(buckets ?? []).toEqual([]);
  });
});

/** The state as a refresh would leave it after somebody wrote `attributes` from outside. */
function changeState(text: string, attributes: Readonly<Record<string, object>>): string {
  const state = JSON.parse(text) as {
    serial: number;
    resources: { type: string; instances: { attributes: object }[] }[];
  };
  for (const resource of state.resources) {
    const written = attributes[resource.type];
    if (written === undefined) continue;
    for (const instance of resource.instances) instance.attributes = { ...instance.attributes, ...written };
  }
  return JSON.stringify({ ...state, serial: state.serial + 1 });
}

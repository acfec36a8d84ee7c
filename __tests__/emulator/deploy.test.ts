import { spawn } from "node:child_process";
import { join } from "node:path";
import { Delivering } from "../support/delivering";
import { removeFolders } from "../support/company";
import { REPOSITORY } from "../support/sandbox";
import { describeWithEmulator } from "../support/tiers";

const INTO = ["--account", "development"];

describeWithEmulator("deploy", () => {
  const played = new Delivering();
  const digests: Record<string, string> = {};
  const deploy = (image: string, ...more: string[]) =>
    played.slipway(["deploy", "orders", ...INTO, "--image", image, ...more]);
  const emptyPlan = () => played.slipway(["plan", "development-service-orders", "--fail-on-changes"]);

  beforeAll(async () => {
    const { code, stdout, stderr } = await played.start();
    if (code !== 0) throw new Error(stdout + stderr);
    for (const tag of ["v1", "v2", "v3", "broken", "stuck"]) digests[tag] = await played.push(tag);
    played.ecs.broken.add(digests["broken"] ?? "");
    played.ecs.stuck.add(digests["stuck"] ?? "");
  });
  afterAll(async () => {
    await played.stop();
    removeFolders();
  });

  it("refuses an image that the registry lacks, and changes nothing", async () => {
    for (const image of ["v9", `sha256:${"0".repeat(64)}`]) {
      const { code, stderr } = await deploy(image);
      expect([code, stderr]).toEqual([
        1,
        expect.stringMatching(/registry has no image .* of orders\. Nothing was changed/),
      ]);
    }
    expect(await played.parameter()).toBe("none");
  });

  it("refuses to roll back where there is no release", async () => {
    const { code, stderr } = await played.slipway(["rollback", "orders", ...INTO]);
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/no earlier release in development to go back to/),
    ]);
  });

  it("puts the first release into service: digest, tasks, the registry's tag, no lock, an empty plan", async () => {
    const { code, stdout } = await deploy("v1");
    expect(stdout).toMatch(/release 1 is in service: 1 of 1 tasks run it; a plan after it is empty/);
    expect(code).toBe(0);
    expect(await played.parameter()).toBe(digests["v1"]);
    expect(await played.tags(digests["v1"] ?? "")).toContain("in-development-orders");
    expect(await played.locks()).toEqual([]);
    expect((await emptyPlan()).code).toBe(0);
  });

  it("queues two deliveries of one service, and refuses one that will not wait", async () => {
    const [second, third, impatient] = await Promise.all([
      deploy("v2"),
      new Promise<void>((wake) => setTimeout(wake, 3000)).then(() => deploy("v3")),
      new Promise<void>((wake) => setTimeout(wake, 6000)).then(() => deploy("v1", "--no-wait")),
    ]);
    expect([second.code, third.code, impatient.code]).toEqual([0, 0, 1]);
    expect(third.stdout).toMatch(/waits for .*: orders v2, since/);
    expect(impatient.stderr).toMatch(/Another delivery of this service is under way/);
    expect(await played.parameter()).toBe(digests["v3"]);
  });

  it("goes back when ECS rolls back: exit code, reasons, parameter, record, an empty plan", async () => {
    const { code, stdout, stderr } = await deploy("broken");
    expect(code).toBe(1);
    expect(stdout).toMatch(/task dead.* stopped: Essential container in task exited; orders: exit code 3/);
    expect(stderr).toMatch(/ECS rolled the deployment back[^]*release before is in service again \(sha256:/);
    expect(await played.parameter()).toBe(digests["v3"]);
    expect((await emptyPlan()).code).toBe(0);
    const { stdout: listed } = await played.slipway(["releases", "orders", ...INTO, "--json"]);
    expect(JSON.parse(listed)).toEqual([
      expect.objectContaining({ number: 4, tag: "broken", outcome: "rolledBack", runs: false }),
      expect.objectContaining({ number: 3, tag: "v3", outcome: "succeeded", runs: true }),
      expect.objectContaining({ number: 2, tag: "v2", outcome: "succeeded", runs: false }),
      expect.objectContaining({ number: 1, tag: "v1", digest: digests["v1"], previous: "none" }),
    ]);
  });

  it("rolls back a release at a time, and to one by its number", async () => {
    expect((await played.slipway(["rollback", "orders", ...INTO])).stdout).toMatch(/back to release 2/);
    expect(await played.parameter()).toBe(digests["v2"]);
    expect((await played.slipway(["rollback", "orders", ...INTO])).stdout).toMatch(/back to release 1/);
    expect(await played.parameter()).toBe(digests["v1"]);
    const refused = await played.slipway(["rollback", "orders", ...INTO, "--to", "4"]);
    expect(refused.stderr).toMatch(/Release 4 of orders never was in service in development: rolledBack/);
    await played.slipway(["rollback", "orders", ...INTO, "--to", "3"]);
    expect(await played.parameter()).toBe(digests["v3"]);
  });

  it("refuses a plan that touches a role: applied first it must be", async () => {
    played.write({
      services: {
        orders: {
          autoScaling: { minCapacity: 1, maxCapacity: 1 },
          loadBalancers: [],
          secrets: undefined,
          taskRoleStatements: [
            {
              sid: "Mail",
              actions: ["ses:SendEmail"],
              resources: ["arn:aws:ses:{region}:{account}:identity/acme"],
            },
          ],
        },
      },
    });
    const { code, stderr } = await deploy("v1");
    expect(stderr).toMatch(
      /more than the task definition and the service; nothing was applied[^]*slipway up development-service-orders/,
    );
    expect(code).toBe(1);
    expect(await played.parameter()).toBe(digests["v3"]);
    expect(await played.locks()).toEqual([]);
    played.write();
  });

  it("gives the lock back at Ctrl-C, and leaves the rollout to ECS", async () => {
    const child = spawn(
      process.execPath,
      [join(REPOSITORY, "cli", "bin.js"), "deploy", "orders", ...INTO, "--image", "stuck", "--sandbox"],
      {
        cwd: played.sandbox.cwd,
        env: { ...process.env, SLIPWAY_ORGANIZATION: played.folder, ...played.environment() },
        stdio: ["ignore", "ignore", "pipe"],
      },
    );
    let stderr = "";
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    const ended = new Promise<number | null>((done) => child.on("close", done));
    played.ecs.asked.splice(0);
    while (!played.ecs.asked.includes("ListTasks")) await new Promise((wake) => setTimeout(wake, 200));
    expect(await played.locks()).toEqual(["deploys/orders.lock"]);
    child.kill("SIGINT");
    expect(await ended).toBe(1);
    expect(stderr).toMatch(/is applied, and its rollout goes on in ECS; how it ends is not known/);
    expect(await played.locks()).toEqual([]);
    const after = await deploy("v1");
    expect(after.stdout).toMatch(/in service/);
  });

  it("refuses to carry into an account that was not bootstrapped, and one that has no such service", async () => {
    const promoted = await played.slipway(["promote", "orders", "--from", "development", "--to", "live"]);
    expect([promoted.code, promoted.stderr]).toEqual([1, expect.stringMatching(/live has no state bucket/)]);
    const elsewhere = await played.slipway(["deploy", "ordres", ...INTO, "--image", "v1"]);
    expect(elsewhere.stderr).toMatch(/no service "ordres"[^]*Did you mean orders/);
  });
});

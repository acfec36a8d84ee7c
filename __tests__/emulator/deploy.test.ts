import { spawn } from "node:child_process";
import { join } from "node:path";
import { Delivering } from "../support/delivering";
import { removeFolders } from "../support/company";
import { REPOSITORY } from "../support/sandbox";
import { describeWithEmulator } from "../support/tiers";

const INTO = ["--account", "development"];
const pause = (milliseconds: number) => new Promise((wake) => setTimeout(wake, milliseconds));

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

  it("refuses what cannot be: an image that the registry lacks, a way back from nothing, a closed account", async () => {
    const cases: [readonly string[], RegExp][] = [
      [
        ["deploy", "orders", ...INTO, "--image", "v9"],
        /registry has no image v9 of orders\. Nothing was changed/,
      ],
      [
        ["deploy", "orders", ...INTO, "--image", `sha256:${"0".repeat(64)}`],
        /registry has no image sha256:0* of orders\. Nothing was changed/,
      ],
      [["rollback", "orders", ...INTO], /no earlier release in development to go back to/],
      [["promote", "orders", "--from", "development", "--to", "live"], /live has no state bucket/],
      [["deploy", "ordres", ...INTO, "--image", "v1"], /no service "ordres"[^]*Did you mean orders/],
    ];
    for (const [args, words] of cases) {
      const { code, stderr } = await played.slipway(args);
      expect([code, stderr]).toEqual([1, expect.stringMatching(words)]);
    }
    expect(await played.parameter()).toBe("none");
  });

  it("puts the first release into service: digest, tasks, the registry's tag, no lock, an empty plan", async () => {
    const { code, stdout } = await deploy("v1");
    expect(stdout).toMatch(/release 1 is in service: 1 of 1 tasks run it; a plan after it is empty/);
    expect(code).toBe(0);
    expect(await played.parameter()).toBe(digests["v1"]);
    expect(await played.tags(digests["v1"] ?? "")).toContain("in-development-orders");
    expect(await played.locks()).toEqual([]);
  });

  it("queues two deliveries of one service, and refuses one that will not wait", async () => {
    // The first does not end before the others have met its lock, however fast or slow the machine is.
    played.ecs.looks = Number.POSITIVE_INFINITY;
    const running = deploy("v2");
    while ((await played.locks()).length === 0) await pause(200);
    const waiting = deploy("v3");
    const impatient = await deploy("v1", "--no-wait");
    await pause(3000);
    played.ecs.looks = 1;
    const [second, third] = await Promise.all([running, waiting]);
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
    while (!played.ecs.asked.includes("ListTasks")) await pause(200);
    expect(await played.locks()).toEqual(["deploys/orders.lock"]);
    child.kill("SIGINT");
    expect(await ended).toBe(1);
    expect(stderr).toMatch(/is applied, and its rollout goes on in ECS; how it ends is not known/);
    expect(await played.locks()).toEqual([]);
  });

  it("goes back from there to what was in service, and to a release by its number", async () => {
    expect((await played.slipway(["rollback", "orders", ...INTO])).stdout).toMatch(/back to release 3/);
    expect(await played.parameter()).toBe(digests["v3"]);
    const [never, first] = [
      await played.slipway(["rollback", "orders", ...INTO, "--to", "4"]),
      await played.slipway(["rollback", "orders", ...INTO, "--to", "1"]),
    ];
    expect(never.stderr).toMatch(/Release 4 of orders never was in service in development: rolledBack/);
    expect(first.code).toBe(0);
    expect(await played.parameter()).toBe(digests["v1"]);
  });
});

import { loadFleet } from "../../environments/schema/load";
import { buildPlatform } from "../../stacks/graph";
import { temporaryFolder } from "../support/company";
import { Sandbox } from "../support/sandbox";
import { planLike, planWithin } from "../support/terraform-group";
import { describeWithEmulator } from "../support/tiers";

const RUN = ["--sandbox", "--no-omissions", "--auto-approve"];

/** Services of each shape; development, which has the same, goes through the cycle with all of them. */
const SHAPES = [
  "back-office",
  "billing-export",
  "charging-api",
  "meter-intake",
  "monitoring",
  "search",
  "station-gateway",
].map((service) => `live-service-${service}`);

const ALL = buildPlatform(loadFleet("environments"), { outdir: temporaryFolder() })
  .stacks.filter(({ account }) => account.name === "live")
  .map(({ id }) => id);
const APPLIED = ALL.filter((id) => !id.startsWith("live-service-") || SHAPES.includes(id));
/** Those that `up` applies: bootstrap has applied the foundation. */
const UP = APPLIED.filter((id) => !/^live-(bootstrap|permissions)$/.test(id));
const OTHERS = ALL.filter((id) => !APPLIED.includes(id));

describeWithEmulator("live, protected", () => {
  const sandbox = new Sandbox();
  afterAll(() => sandbox.stop());

  it("is applied, and a second plan is empty", async () => {
    await sandbox.emulator();
    for (const command of [
      ["bootstrap", "live"],
      ["up", ...UP],
    ]) {
      const result = await sandbox.slipway([...command, ...RUN]);
      expect(result.stdout + result.stderr).not.toMatch(/✖|Error/);
      expect(result.code).toBe(0);
    }
    const { stdout } = await sandbox.slipway(["plan", ...UP, "--sandbox", "--no-omissions"]);
    expect(stdout.match(/: no changes/g)).toHaveLength(UP.length);
    expect(stdout).toMatch(new RegExp(`${UP.length} stacks done`));
    expect(sandbox.warnings()).toEqual([]);
  });

  it("its other services can be planned", async () => {
    const { plan, warnings } = await planWithin(sandbox, loadFleet("environments"), "live", (id) =>
      OTHERS.includes(id),
    );
    expect(OTHERS.length).toBeGreaterThan(12);
    for (const id of OTHERS) expect(plan.stdout).toContain(`# module.${id.replaceAll("-", "_")}.`);
    expect(plan.stdout).toMatch(/Plan: \d+ to add, 0 to change, 0 to destroy/);
    expect(warnings).toEqual([]);
  });

  it("qa, which is like it, can be planned whole", async () => {
    const { plan, stacks, warnings } = await planLike(sandbox, loadFleet("environments"), "live", "qa");
    expect(plan.stderr).toBe("");
    expect(stacks.length).toBeGreaterThan(30);
    for (const { id } of stacks) expect(plan.stdout).toContain(`# module.${id.replaceAll("-", "_")}.`);
    expect(plan.stdout).toMatch(/Plan: \d+ to add, 0 to change, 0 to destroy/);
    expect(warnings).toEqual([]);
  });

  it("refuses to be destroyed, naming what refuses", async () => {
    const { code, stderr } = await sandbox.slipway(["down", "live", ...RUN]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/nothing was changed/);
    expect(stderr).toMatch(/live-hosting: aws_lb\.door_internal_load_balancer/);
    expect(stderr).toMatch(/live-network: .*aws_vpc\.network_vpc/);
  });

  it("refuses to lose its bootstrap before the rest", async () => {
    const { code, stdout } = await sandbox.slipway(["down", "live-bootstrap", ...RUN, "--lift-protection"]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/still holds the states of .*live-hosting, live-network/);
  });

  it("comes down once protection is lifted, and can be bootstrapped anew", async () => {
    const down = await sandbox.slipway(["down", "live", ...RUN, "--lift-protection"]);
    // The permissions stay until bootstrap goes.
    expect(down.stdout).toMatch(new RegExp(`${UP.length} stacks done`));
    expect(down.code).toBe(0);
    const bootstrap = await sandbox.slipway(["down", "live-bootstrap", ...RUN, "--lift-protection"]);
    expect(bootstrap.code).toBe(0);
    const early = await sandbox.slipway(["up", "live-network", ...RUN]);
    expect(early.stderr).toMatch(/has no state bucket[^]*slipway bootstrap live/);
    const again = await sandbox.slipway(["bootstrap", "live", ...RUN]);
    expect(again.code).toBe(0);
  });
});

import { Sandbox } from "../support/sandbox";
import { describeWithEmulator } from "../support/tiers";

const RUN = ["--sandbox", "--no-omissions", "--auto-approve"];

describeWithEmulator("live, protected", () => {
  const sandbox = new Sandbox();
  afterAll(() => sandbox.stop());

  it("is applied, and a second plan is empty", async () => {
    const result = await sandbox.start("live");
    expect(result.stdout + result.stderr).not.toMatch(/✖|Error/);
    expect(result.code).toBe(0);
    const { stdout } = await sandbox.slipway(["plan", "live", "--sandbox", "--no-omissions"]);
    expect(stdout.match(/: no changes/g)).toHaveLength(8);
    expect(stdout).toMatch(/8 stacks done/);
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
    expect(stdout).toMatch(/still holds the states of live-hosting, live-network/);
  });

  it("comes down once protection is lifted, and can be bootstrapped anew", async () => {
    const down = await sandbox.slipway(["down", "live", ...RUN, "--lift-protection"]);
    expect(down.stdout).toMatch(/8 stacks done/);
    expect(down.code).toBe(0);
    const bootstrap = await sandbox.slipway(["down", "live-bootstrap", ...RUN, "--lift-protection"]);
    expect(bootstrap.code).toBe(0);
    const early = await sandbox.slipway(["up", "live-network", ...RUN]);
    expect(early.stderr).toMatch(/has no state bucket[^]*slipway bootstrap live/);
    const again = await sandbox.slipway(["bootstrap", "live", ...RUN]);
    expect(again.code).toBe(0);
  });
});

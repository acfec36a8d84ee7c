import { rmSync } from "node:fs";
import { temporaryFolder, writeCompany } from "../support/company";
import { Sandbox } from "../support/sandbox";
import { describeWithEmulator } from "../support/tiers";

const ACCOUNT = "development";
const NETWORK = "development-network";
const RUN = ["--sandbox", "--no-omissions", "--auto-approve"];
/** What is there when it fails: things of both concerns that the network takes. */
const HALF = ["aws_route53_zone.zones_private", "aws_cloudwatch_log_group.flow_logs_group"];

/**
 * eeMobility's story: an apply fails midway, and the commit that takes back what failed removes the permission for
 * it too. https://aws.amazon.com/blogs/startups/eemobility-and-infrastructure-as-code-a-migration-story/
 */
describeWithEmulator("a permission that is removed together with what it is for", () => {
  const organization = temporaryFolder();
  const sandbox = new Sandbox(organization);
  afterAll(() => sandbox.stop());

  /** What the repository says from here on: an account with a network, or without. */
  function commit(network: "with network" | "without network"): void {
    rmSync(organization, { recursive: true, force: true });
    const plain = { hosting: undefined, secrets: undefined };
    writeCompany(organization, {
      accounts: {
        development: network === "with network" ? plain : { ...plain, network: undefined },
        live: { ...plain, network: undefined },
      },
      services: { orders: undefined, mailer: undefined },
    });
  }

  it("is not there as long as nothing needs it", async () => {
    commit("without network");
    const started = await sandbox.start(ACCOUNT);

    expect(started.stdout).toMatch(/development-permissions: 4 created/);
    expect(started.code).toBe(0);
  });

  it("is granted by an administrator before it is used: an apply cannot widen its own", async () => {
    commit("with network");
    const early = await sandbox.slipway(["up", ACCOUNT, ...RUN]);
    expect(early.code).toBe(1);
    expect(early.stderr).toMatch(/nothing was changed:[^]*development: network: not granted/);
    expect(early.stderr).toMatch(/An administrator runs first: slipway bootstrap development/);

    const granted = await sandbox.slipway(["bootstrap", ACCOUNT, ...RUN]);
    expect(granted.stdout).toMatch(/development-permissions: 4 created/);
    expect(granted.code).toBe(0);
  });

  it("an apply fails midway", async () => {
    const half = await sandbox.slipway(["up", NETWORK, ...RUN], {
      TF_CLI_ARGS_plan: HALF.map((address) => `-target=${address}`).join(" "),
    });
    expect(half.stdout).toMatch(/development-network: \d created/);
    const { code, stdout } = await sandbox.slipway(["up", NETWORK, ...RUN], {
      TF_CLI_ARGS_apply: "-no-such-flag",
    });

    expect(code).toBe(1);
    expect(stdout).toMatch(/development-network failed in apply/);
  });

  it("the commit that takes it back removes the permission: it is kept, and why is told", async () => {
    commit("without network");
    const up = await sandbox.slipway(["up", ACCOUNT, ...RUN]);
    expect(up.code).toBe(0);
    expect(up.stdout).toMatch(
      /development-network is not in the code any more, and still holds \d+ resources/,
    );

    const { code, stdout } = await sandbox.slipway(["bootstrap", ACCOUNT, ...RUN]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/development-permissions: no changes/);
    expect(stdout).toMatch(/network is not revoked: development-network still holds aws_\w+\.\w+/);
    expect(stdout).toMatch(/slipway down development-network\), then again: slipway bootstrap development/);
  });

  it("what is left comes down without its code, data only when that is said", async () => {
    const refused = await sandbox.slipway(["down", NETWORK, ...RUN]);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/hold data; nothing was changed:[^]*aws_route53_zone/);

    const down = await sandbox.slipway(["down", NETWORK, ...RUN, "--lift-protection"]);
    expect(down.stdout).toMatch(/development-network: \d+ resources destroyed/);
    expect(down.code).toBe(0);
  });

  it("and then the permission goes", async () => {
    const { code, stdout } = await sandbox.slipway(["bootstrap", ACCOUNT, ...RUN]);

    expect(code).toBe(0);
    expect(stdout).toMatch(/development-permissions: 4 deleted/);
    expect(stdout).not.toMatch(/not revoked/);
  });

  it("the last permissions go with bootstrap, after all else", async () => {
    const early = await sandbox.slipway(["down", "development-bootstrap", ...RUN, "--lift-protection"]);
    expect(early.code).toBe(1);
    expect(early.stdout).toMatch(
      /development-permissions failed[^]*still holds the states of development-roles, development-secrets/,
    );

    const rest = await sandbox.slipway(["down", ACCOUNT, ...RUN]);
    expect(rest.stdout).toMatch(/Left standing: development-bootstrap/);
    const last = await sandbox.slipway(["down", "development-bootstrap", ...RUN, "--lift-protection"]);
    expect(last.stdout).toMatch(/development-permissions: 4 resources destroyed[^]*development-bootstrap/);
    expect(last.code).toBe(0);
  });
});

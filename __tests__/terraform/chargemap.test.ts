import { join } from "node:path";
import { loadFleet } from "../../environments/schema/load";
import { removeFolders, temporaryFolder } from "../support/company";
import { Sandbox, type Result } from "../support/sandbox";
import { planLike, runs, TerraformGroup, writtenStacks } from "../support/terraform-group";
import { describeWithEmulator, describeWithTerraform } from "../support/tiers";

afterAll(removeFolders);

const fleet = loadFleet("examples/chargemap");

/** Services of different shapes: two doors, a WebSocket, a worker, a schedule, a function, volumes on instances. */
const SAMPLE = [
  "map-api",
  "status-stream",
  "payment-capturer",
  "lake-compaction",
  "operator-importer",
  "search-index",
];

describeWithTerraform("every service of ChargeMap's live account", () => {
  it("is valid, without a warning nobody has looked at", async () => {
    const { outdir, stacks } = writtenStacks(fleet, (id) => id.startsWith("live-service-"));
    const group = new TerraformGroup(stacks, temporaryFolder());
    group.write(outdir);

    expect(stacks.length).toBeGreaterThanOrEqual(175);
    expect((await group.init()).stderr).toBe("");
    expect(await group.validate()).toEqual([]);
  });
});

describeWithEmulator("ChargeMap's live: all that services rest on, and services of each shape", () => {
  const sandbox = new Sandbox();
  const folder = temporaryFolder();
  const wanted = (id: string) =>
    !/-service-/.test(id) || SAMPLE.some((service) => id.endsWith(`-service-${service}`));
  const inLive = (id: string) => id.startsWith("live-") && wanted(id);
  const groups: TerraformGroup[] = [];
  let ids: readonly string[] = [];

  beforeAll(async () => {
    const { outdir, stacks } = writtenStacks(fleet, inLive);
    ids = stacks.map(({ id }) => id);
    await sandbox.emulator();
    const env = await sandbox.environment(stacks[0]?.account.id ?? "");
    runs(stacks).forEach((run, index) =>
      groups.push(new TerraformGroup(run, join(folder, String(index)), env)),
    );
    for (const group of groups) {
      group.write(outdir);
      expect((await group.init()).stderr).toBe("");
    }
  });
  afterAll(() => sandbox.stop());

  it("is applied, each stack after those whose contracts it reads", async () => {
    for (const group of groups) expect(failure(await group.apply())).toBe("");
    expect((await Promise.all(groups.map((group) => group.state()))).flat().length).toBeGreaterThan(500);
  });

  it("has nothing to change in a second plan", async () => {
    for (const group of groups) expect((await group.plan()).stdout).toContain("No changes.");
  });

  it("development, which is like it, can be planned", async () => {
    const { plan, stacks, warnings } = await planLike(sandbox, fleet, "live", "development", wanted);
    expect(plan.stderr).toBe("");
    expect(plan.stdout).toMatch(/Plan: \d+ to add, 0 to change, 0 to destroy/);
    for (const { id } of stacks) expect(plan.stdout).toContain(`# module.${id.replaceAll("-", "_")}.`);
    expect(warnings).toEqual([]);
  });

  it("comes down, once protection is lifted", async () => {
    const lifted = writtenStacks(fleet, inLive, new Set(ids));
    for (const group of [...groups].reverse()) {
      group.write(lifted.outdir);
      expect(failure(await group.apply("-destroy", "-refresh=false"))).toBe("");
      expect(await group.state()).toEqual([]);
    }
  });
});

/** What Terraform says of a run that failed. */
const failure = ({ code, stdout, stderr }: Result) => (code === 0 ? "" : `${stdout.slice(-2000)}${stderr}`);

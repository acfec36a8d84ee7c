import { loadFleet } from "../../environments/schema/load";
import { removeFolders, temporaryFolder } from "../support/company";
import { TerraformCycle } from "../support/terraform-cycle";
import { planLike, TerraformGroup, writtenStacks } from "../support/terraform-group";
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
  const wanted = (id: string) =>
    !/-service-/.test(id) || SAMPLE.some((service) => id.endsWith(`-service-${service}`));
  const cycle = new TerraformCycle(fleet, (id) => id.startsWith("live-") && wanted(id));
  beforeAll(() => cycle.start());
  afterAll(() => cycle.sandbox.stop());

  it("is applied, each stack after those whose contracts it reads", async () => {
    await cycle.apply();
    expect((await Promise.all(cycle.groups.map((group) => group.state()))).flat().length).toBeGreaterThan(
      500,
    );
  });

  it("has nothing to change in a second plan", () => cycle.hasNothingToChange());

  it("development, which is like it, can be planned", async () => {
    const { plan, stacks, warnings } = await planLike(cycle.sandbox, fleet, "live", "development", wanted);
    expect(plan.stderr).toBe("");
    expect(plan.stdout).toMatch(/Plan: \d+ to add, 0 to change, 0 to destroy/);
    for (const { id } of stacks) expect(plan.stdout).toContain(`# module.${id.replaceAll("-", "_")}.`);
    expect(warnings).toEqual([]);
  });

  it("comes down, once protection is lifted", () => cycle.comesDown());
});

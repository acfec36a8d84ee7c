import { loadFleet } from "../../environments/schema/load";
import { removeFolders, temporaryFolder } from "../support/company";
import { TerraformCycle } from "../support/terraform-cycle";
import { TerraformGroup, writtenStacks } from "../support/terraform-group";
import { describeWithEmulator, describeWithTerraform } from "../support/tiers";

afterAll(removeFolders);

const fleet = loadFleet("examples/private-fargate");

/** What the front is made of, and what it rests on; a service of each shape, all of whose routes are there. */
const FRONT =
  /^live-(secrets|observability|network|auth|hosting|api-\w+|data-(clicks|visits|insurance|documents|behaviour)|queue|service-(click-stream|policies))$/;
const inFront = (id: string) => FRONT.test(id);

describeWithTerraform("every stack of the fifth case's live account", () => {
  it("is valid, without a warning nobody has looked at", async () => {
    const { outdir, stacks } = writtenStacks(fleet, (id) => id.startsWith("live-"));
    const group = new TerraformGroup(stacks, temporaryFolder());
    group.write(outdir);

    expect((await group.init()).stderr).toBe("");
    expect(await group.validate()).toEqual([]);
  });
});

describeWithEmulator("API Gateway, the private load balancer, tasks and the click stream", () => {
  const cycle = new TerraformCycle(fleet, inFront);
  beforeAll(() => cycle.start());
  afterAll(() => cycle.sandbox.stop());

  it("are applied, each stack after those whose contracts it reads", () => cycle.apply());
  it("have nothing to change in a second plan", () => cycle.hasNothingToChange());
  it("come down, once protection is lifted", () => cycle.comesDown());
});

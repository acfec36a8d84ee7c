import { join } from "node:path";
import { loadFleet } from "../../environments/schema/load";
import { removeFolders, temporaryFolder } from "../support/company";
import { Sandbox, type Result } from "../support/sandbox";
import { runs, TerraformGroup, writtenStacks } from "../support/terraform-group";
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
  const sandbox = new Sandbox();
  const folder = temporaryFolder();
  const groups: TerraformGroup[] = [];
  let ids: readonly string[] = [];

  beforeAll(async () => {
    const { outdir, stacks } = writtenStacks(fleet, inFront);
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

  it("are applied, each stack after those whose contracts it reads", async () => {
    for (const group of groups) expect(failure(await group.apply())).toBe("");
  });

  it("have nothing to change in a second plan", async () => {
    for (const group of groups) expect((await group.plan()).stdout).toContain("No changes.");
  });

  it("come down, once protection is lifted", async () => {
    const lifted = writtenStacks(fleet, inFront, new Set(ids));
    for (const group of [...groups].reverse()) {
      group.write(lifted.outdir);
      expect(failure(await group.apply("-destroy", "-refresh=false"))).toBe("");
      expect(await group.state()).toEqual([]);
    }
  });
});

/** What Terraform says of a run that failed. */
const failure = ({ code, stdout, stderr }: Result) => (code === 0 ? "" : `${stdout.slice(-3000)}${stderr}`);

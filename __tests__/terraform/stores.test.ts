import { join } from "node:path";
import { loadCompany, removeFolders, temporaryFolder } from "../support/company";
import { Sandbox, type Result } from "../support/sandbox";
import { STORE_EXAMPLES, STORE_NEEDS } from "../support/store-examples";
import { runs, TerraformGroup, writtenStacks } from "../support/terraform-group";
import { describeWithEmulator } from "../support/tiers";

afterAll(removeFolders);

/** What stores rest on: keys, topics, and the network. */
const BENEATH = ["live-secrets", "live-observability", "live-network", "live-search"];
const STORES = Object.values(STORE_EXAMPLES)
  .flatMap((entries) => Object.keys(entries))
  .map((name) => `live-data-${name}`)
  .sort();

describeWithEmulator("every store in each of its forms", () => {
  const sandbox = new Sandbox();
  const folder = temporaryFolder();
  const fleet = loadCompany({ accounts: { live: { ...STORE_NEEDS, data: STORE_EXAMPLES } } });
  const wanted = (id: string) => BENEATH.includes(id) || STORES.includes(id);
  const groups: TerraformGroup[] = [];
  let ids: readonly string[] = [];

  beforeAll(async () => {
    const { outdir, stacks } = writtenStacks(fleet, wanted);
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

  it("is valid, without a warning nobody has looked at", async () => {
    expect(ids).toEqual(expect.arrayContaining(STORES));
    for (const group of groups) expect(await group.validate()).toEqual([]);
  });

  it("is applied", async () => {
    for (const group of groups) expect(failure(await group.apply())).toBe("");
  });

  it("has nothing to change in a second plan", async () => {
    for (const group of groups) expect((await group.plan()).stdout).toContain("No changes.");
  });

  // Terraform does not go on to what a resource rests on that refuses, so that each stack names one at least.
  it("refuses to be destroyed while it is protected", async () => {
    for (const group of groups) {
      const { stdout, stderr } = await group.planDestroy();
      const refused = [...(stdout + stderr).matchAll(/Resource[\s│]+module\.(\w+)\.\S+[\s│]+has/g)];
      const holding = (await group.state()).flatMap((address) => {
        const [, module = "", type = ""] = /^module\.(\w+)\.(\w+)\./.exec(address) ?? [];
        return HOLDS_DATA.test(type) ? [module] : [];
      });
      for (const module of holding) expect(refused.map(([, name]) => name)).toContain(module);
    }
  });

  it("comes down, once protection is lifted", async () => {
    const lifted = writtenStacks(fleet, wanted, new Set(ids));
    for (const group of [...groups].reverse()) {
      group.write(lifted.outdir);
      expect(failure(await group.apply("-destroy", "-refresh=false"))).toBe("");
      expect(await group.state()).toEqual([]);
    }
  });
});

/** Types that a store's data is in. */
const HOLDS_DATA =
  /_(bucket|cluster|replication_group|table|file_system|db_instance|domain|kinesis_stream|ebs_volume)$/;

/** What Terraform says of a run that failed. */
const failure = ({ code, stdout, stderr }: Result) => (code === 0 ? "" : `${stdout.slice(-2000)}${stderr}`);

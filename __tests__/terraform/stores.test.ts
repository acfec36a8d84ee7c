import { join } from "node:path";
import { isStateful } from "../../stacks/ledger";
import { loadCompany, removeFolders, temporaryFolder } from "../support/company";
import { Sandbox, type Result } from "../support/sandbox";
import { STORE_EXAMPLES } from "../support/store-examples";
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
  const fleet = loadCompany({ accounts: { live: { data: STORE_EXAMPLES } } });
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

  it("refuses to be destroyed while it is protected, whatever holds data in it", async () => {
    for (const group of groups) {
      const { stdout, stderr } = await group.planDestroy();
      const refused = new Set(
        [...(stdout + stderr).matchAll(/Resource[\s│]+(\S+)[\s│]+has/g)].map(([, address]) => address),
      );
      const held = (await group.state()).filter((address) => {
        const [type = ""] = address.replace(/^module\.\w+\./, "").split(".");
        return isStateful(type) && !REPLACEABLE.test(type) && !/\.data\./.test(address);
      });
      for (const address of held) expect([...refused]).toContain(address);
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

/** Recorded as stateful, but not what the data is in: readers of a cluster, and logs. */
const REPLACEABLE = /_cluster_instance$|^aws_cloudwatch_log_group$/;

/** What Terraform says of a run that failed. */
const failure = ({ code, stdout, stderr }: Result) => (code === 0 ? "" : `${stdout.slice(-2000)}${stderr}`);

import { loadCompany, removeFolders } from "../support/company";
import { STORE_EXAMPLES, STORE_NEEDS } from "../support/store-examples";
import { TerraformCycle } from "../support/terraform-cycle";
import { describeWithEmulator } from "../support/tiers";

afterAll(removeFolders);

/** What stores rest on: keys, topics, and the network. */
const BENEATH = ["live-secrets", "live-observability", "live-network", "live-search"];
const STORES = Object.values(STORE_EXAMPLES)
  .flatMap((entries) => Object.keys(entries))
  .map((name) => `live-data-${name}`)
  .sort();

describeWithEmulator("every store in each of its forms", () => {
  const fleet = loadCompany({ accounts: { live: { ...STORE_NEEDS, data: STORE_EXAMPLES } } });
  const cycle = new TerraformCycle(fleet, (id) => BENEATH.includes(id) || STORES.includes(id));
  beforeAll(() => cycle.start());
  afterAll(() => cycle.sandbox.stop());

  it("is valid, without a warning nobody has looked at", async () => {
    expect(cycle.ids).toEqual(expect.arrayContaining(STORES));
    for (const group of cycle.groups) expect(await group.validate()).toEqual([]);
  });

  it("is applied", () => cycle.apply());
  it("has nothing to change in a second plan", () => cycle.hasNothingToChange());

  // Terraform does not go on to what a resource rests on that refuses, so that each stack names one at least.
  it("refuses to be destroyed while it is protected", async () => {
    for (const group of cycle.groups) {
      const { stdout, stderr } = await group.planDestroy();
      const refused = [...(stdout + stderr).matchAll(/Resource[\s│]+module\.(\w+)\.\S+[\s│]+has/g)];
      const holding = (await group.state()).flatMap((address) => {
        const [, module = "", type = ""] = /^module\.(\w+)\.(\w+)\./.exec(address) ?? [];
        return HOLDS_DATA.test(type) ? [module] : [];
      });
      for (const module of holding) expect(refused.map(([, name]) => name)).toContain(module);
    }
  });

  it("comes down, once protection is lifted", () => cycle.comesDown());
});

/** Types that a store's data is in. */
const HOLDS_DATA =
  /_(bucket|cluster|replication_group|table|file_system|db_instance|domain|kinesis_stream|ebs_volume)$/;

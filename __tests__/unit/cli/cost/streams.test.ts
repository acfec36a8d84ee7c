import { App } from "cdktf";
import { estimate } from "../../../../cli/cost/estimate";
import { stackId } from "../../../../environments/schema/names";
import { KINDS } from "../../../../stacks/graph";
import { loadCompany, removeFolders, temporaryFolder } from "../../../support/company";

afterAll(removeFolders);

const fleet = loadCompany({
  accounts: {
    development: { data: { streams: { clicks: {}, meters: { shardCount: 3, retentionHours: 48 } } } },
  },
});
const lines = (id: string) => {
  const plan = fleet.accounts
    .flatMap((account) => KINDS.flatMap((kind) => kind(fleet, account)))
    .find(({ account, concern, name }) => stackId(account, concern, name) === id);
  if (plan === undefined) throw new Error(`No stack ${id}`);
  return estimate(fleet, { ...plan, stack: plan.build(new App({ outdir: temporaryFolder() }), {}) }).lines;
};

it("a stream on demand costs by the hour, whatever goes through it", () =>
  // 0.048 * 730
  expect(lines("development-data-clicks")).toContainEqual({ what: "stream on demand", usd: 35.04 }));

it("shards cost each, and more when they keep more than a day", () =>
  // 3 * (0.018 + 0.024) * 730
  expect(lines("development-data-meters")).toContainEqual({ what: "stream's shard", usd: 91.98 }));

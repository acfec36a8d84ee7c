import type { Phase } from "../../../environments/schema/migration/phase";
import { loadCompany, removeFolders } from "../../support/company";
import { BY_CLOUDFLARE, BY_ROUTE53, shifting } from "../../support/traffic";
import { violationsOf } from "../../support/violations";

afterAll(removeFolders);

const [NAME] = BY_ROUTE53.records;
const byRoute53 = (record: Readonly<Record<string, unknown>>) => ({
  ...BY_ROUTE53,
  records: [{ ...NAME, ...record }],
});

describe("traffic of a migration", () => {
  it.each<[string, Phase, Readonly<Record<string, unknown>>]>([
    ["by Route 53 before the cutover", "prepare", BY_ROUTE53],
    ["half shifted", "cutover", { ...BY_ROUTE53, step: 3 }],
    ["taken back in the rollback window", "rollback-window", { ...BY_ROUTE53, step: 0 }],
    ["by Cloudflare, for a name of another zone", "cutover", { ...BY_CLOUDFLARE, step: 1 }],
    ["in steps of its own", "cutover", { ...BY_CLOUDFLARE, steps: [1, 10, 100], step: 3 }],
    ["by addresses", "prepare", byRoute53({ type: "A", from: "198.51.100.7", to: "203.0.113.9" })],
  ])("is accepted %s", (_, phase, traffic) => {
    expect(loadCompany(shifting(phase, traffic)).migrations).toHaveLength(1);
  });
});

describe("what is refused of the traffic of a migration", () => {
  it.each<[string, Phase, Readonly<Record<string, unknown>>, object]>([
    [
      "steps that do not end in 100",
      "prepare",
      { ...BY_ROUTE53, steps: [5, 50] },
      { path: "traffic.steps", allowed: expect.stringContaining("end in 100") },
    ],
    [
      "steps that fall",
      "prepare",
      { ...BY_CLOUDFLARE, steps: [50, 25, 100] },
      { path: "traffic.steps", allowed: expect.stringContaining("percents that grow") },
    ],
    [
      "a step that there is not",
      "cutover",
      { ...BY_ROUTE53, step: 5 },
      {
        path: "traffic.step",
        given: 5,
        allowed: expect.stringContaining("there are 4 steps, 5, 25, 50, 100"),
      },
    ],
    [
      "a step before the data is there",
      "validated",
      { ...BY_CLOUDFLARE, step: 1 },
      { path: "traffic.step", given: 1, allowed: expect.stringContaining("0 in phase validated") },
    ],
    [
      "a former place that is gone and still led to",
      "decommission",
      { ...BY_ROUTE53, step: 3 },
      { path: "traffic.step", given: 3, allowed: expect.stringContaining("the former place is gone") },
    ],
    [
      "a name outside the account's zone",
      "prepare",
      byRoute53({ name: "shop.elsewhere.example" }),
      {
        path: "traffic.records[0].name",
        given: "shop.elsewhere.example",
        allowed: expect.stringContaining("a name in live.acme.example, the public zone of live"),
      },
    ],
    [
      "a name in the zone of another account",
      "prepare",
      byRoute53({ name: "shop.acme.example" }),
      { path: "traffic.records[0].name", allowed: expect.stringContaining("in the zone of shared-services") },
    ],
    [
      "a zone's own name as CNAME",
      "prepare",
      byRoute53({ name: "live.acme.example" }),
      { path: "traffic.records[0].name", allowed: expect.stringContaining("can have no CNAME") },
    ],
    [
      "the host of a service, which its own records answer",
      "prepare",
      byRoute53({ name: "orders.live.acme.example" }),
      { path: "traffic.records[0].name", allowed: expect.stringContaining("it is the host of orders") },
    ],
    [
      "a name twice",
      "prepare",
      { ...BY_ROUTE53, records: [NAME, NAME] },
      { path: "traffic.records[1].name", allowed: "each name once" },
    ],
    [
      "an address of type CNAME",
      "prepare",
      byRoute53({ from: "198.51.100.7" }),
      { path: "traffic.records[0].from", allowed: expect.stringContaining("a DNS name") },
    ],
    [
      "a name of type A",
      "prepare",
      byRoute53({ type: "A", from: "198.51.100.7" }),
      { path: "traffic.records[0].to", allowed: expect.stringContaining("an IPv4 address") },
    ],
    [
      "a name that leads to itself",
      "prepare",
      byRoute53({ to: NAME.name }),
      { path: "traffic.records[0].to", allowed: expect.stringContaining("not itself") },
    ],
    [
      "Cloudflare without a zone",
      "prepare",
      { ...BY_CLOUDFLARE, zoneId: undefined },
      { path: "traffic.zoneId" },
    ],
    [
      "Cloudflare without an account",
      "prepare",
      { ...BY_CLOUDFLARE, accountId: "acme" },
      { path: "traffic.accountId", given: "acme", allowed: expect.stringContaining("32 hexadecimal digits") },
    ],
    [
      "a provider that there is not",
      "prepare",
      { ...BY_ROUTE53, provider: "akamai" },
      { path: "traffic.provider", allowed: "a known provider" },
    ],
  ])("%s", (_, phase, traffic, expected) => {
    expect(violationsOf(() => loadCompany(shifting(phase, traffic)))).toEqual([
      expect.objectContaining({ file: expect.stringMatching(/migrations\/shop\.json$/), ...expected }),
    ]);
  });
});

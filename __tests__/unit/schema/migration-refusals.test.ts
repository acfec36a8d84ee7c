import { expiredWaivers } from "../../../environments/schema/checks/waivers";
import { loadCompany, removeFolders, type Change } from "../../support/company";
import { evidence, evidenceFiles, MIGRATING, migratingIn, SHOP } from "../../support/migrations";
import { violationsOf } from "../../support/violations";

afterAll(removeFolders);

const shop = (values: Record<string, unknown>): Change => ({
  ...MIGRATING,
  migrations: { shop: { ...SHOP, ...values } },
});
const withEvidence = (files: Readonly<Record<string, string>>, phase: string): Change => ({
  ...shop({ phase }),
  files: { ...MIGRATING.files, ...files },
});

describe("a migration", () => {
  it("is part of the organization, with what the schema fills in", () => {
    const fleet = loadCompany(MIGRATING);

    expect(fleet.migrations).toMatchObject([
      { id: "shop", phase: "prepare", gates: { maxCdcLatencySeconds: 60, stableMinutes: 15 } },
    ]);
    expect(fleet.evidence).toEqual({ shop: {} });
    expect(Object.keys(fleet.certificates)).toEqual(["former.pem", "rds.pem"]);
  });

  it("comes into a phase with the evidence of all those before", () => {
    const fleet = loadCompany(migratingIn("cutover"));

    expect(Object.keys(fleet.evidence["shop"] ?? {})).toEqual(["prepare", "full-load", "cdc", "validated"]);
  });
});

it("a migration's waiver that has expired is told by its day", () => {
  const waiver = {
    control: "assessment",
    reason: "Its findings were looked at one by one",
    owner: "shop@acme.example",
    expires: "2026-02-28",
  };
  const fleet = loadCompany(shop({ waivers: [waiver] }));

  expect(expiredWaivers(fleet, new Date("2026-02-28"))).toEqual([]);
  expect(expiredWaivers(fleet, new Date("2026-03-01"))).toMatchObject([
    { path: "waivers[0].expires", given: "2026-02-28", allowed: expect.stringContaining("assessment") },
  ]);
});

describe("what is refused of a migration", () => {
  it.each<[string, Change, object]>([
    [
      "a phase without evidence of the one before",
      shop({ phase: "full-load" }),
      {
        path: "phase",
        given: "full-load",
        allowed: expect.stringContaining("evidence/shop/prepare.json is not there"),
      },
    ],
    [
      "a phase skipped",
      withEvidence(
        { "migrations/evidence/shop/prepare.json": JSON.stringify(evidence("shop", "prepare")) },
        "cdc",
      ),
      { path: "phase", given: "cdc", allowed: expect.stringContaining("shop/full-load.json is not there") },
    ],
    [
      "evidence in which a gate does not hold",
      withEvidence(
        {
          "migrations/evidence/shop/prepare.json": JSON.stringify({
            ...evidence("shop", "prepare"),
            gates: [{ gate: "connections", value: "failed", limit: "successful", holds: false }],
          }),
        },
        "full-load",
      ),
      { path: "phase", allowed: expect.stringMatching(/these do not: connections$/) },
    ],
    [
      "evidence of another migration",
      withEvidence(
        { "migrations/evidence/shop/prepare.json": JSON.stringify(evidence("other", "prepare")) },
        "full-load",
      ),
      { path: "phase", allowed: expect.stringContaining("is of other in live leaving prepare") },
    ],
    [
      "a phase that is none",
      shop({ phase: "cut-over" }),
      { path: "phase", given: "cut-over", mend: 'write "cutover"' },
    ],
    [
      "an account that is not there",
      shop({ account: "liv" }),
      { path: "account", given: "liv", mend: 'write "live"' },
    ],
    [
      "an account that holds no workload",
      shop({ account: "shared-services", network: { path: "vpc" } }),
      { path: "account", allowed: expect.stringContaining("kind workload") },
    ],
    [
      "a VPN that is not there",
      shop({ network: { path: "vpn", vpn: "formr", cidrBlocks: ["192.168.10.0/24"] } }),
      { path: "network.vpn", given: "formr", mend: 'write "former"' },
    ],
    [
      "egress from an account without fixed addresses",
      {
        ...shop({ network: { path: "egress", cidrBlocks: ["198.51.100.20/32"] } }),
        accounts: { live: { ...live(), capabilities: { natGateways: "none" } } },
      },
      { path: "network.path", allowed: expect.stringContaining("no NAT gateway") },
    ],
    [
      "reverse replication that nothing does",
      shop({ reverse: { enabled: false } }),
      { path: "rollback.strategy", mend: "set reverse.enabled: true" },
    ],
    [
      "a loss that nobody has declared",
      shop({ rollback: { strategy: "loss-declared", decisionOwner: "cto@acme.example" } }),
      { path: "rollback.strategy", allowed: expect.stringContaining("a waiver of the control rollback") },
    ],
    [
      "a second migration of the same id",
      { ...MIGRATING, migrations: { shop: SHOP, "shop-again": SHOP } },
      { path: "id", given: "shop", allowed: expect.stringMatching(/migrations.*has this one/) },
    ],
    [
      "a field that the kind does not have, with the one that was meant",
      shop({ compuet: SHOP.compute }),
      { path: "compuet", mend: "write compute" },
    ],
    ["a kind that there is not", shop({ kind: "kafka" }), { path: "kind", allowed: "a known kind" }],
  ])("%s", (_, change, expected) => {
    const found = violationsOf(() => loadCompany(change));

    expect(found).toContainEqual(expect.objectContaining(expected));
    expect(found.every(({ file }) => file.includes("migrations/"))).toBe(true);
  });

  it("evidence that does not fit its form, under its own name", () => {
    const [found] = violationsOf(() =>
      loadCompany({
        ...migratingIn("full-load"),
        files: {
          ...MIGRATING.files,
          ...evidenceFiles("shop", "full-load"),
          "migrations/evidence/shop/prepare.json": JSON.stringify({ ...evidence("shop", "prepare"), by: "" }),
        },
      }),
    );

    expect(found).toMatchObject({
      path: "by",
      file: expect.stringMatching(/evidence\/shop\/prepare\.json$/),
    });
  });
});

function live(): Record<string, unknown> {
  const accounts = MIGRATING.accounts ?? {};
  return { ...(accounts["live"] as Record<string, unknown>) };
}

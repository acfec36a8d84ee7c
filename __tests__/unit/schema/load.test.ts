import { join } from "node:path";
import { loadFleet } from "../../../environments/schema/load";
import { loadCompany, removeFolders, temporaryFolder, writeCompany } from "../../support/company";
import { refusal } from "../../support/violations";

afterAll(removeFolders);

describe("the folder of an organization", () => {
  it("fails when it does not exist, and says how to name another", () => {
    const folder = join(temporaryFolder(), "nowhere");
    const { message } = refusal(() => loadFleet(folder));

    expect(message).toContain(folder);
    expect(message).toContain("a folder that does not exist");
    expect(message).toMatch(/--organization DIR or SLIPWAY_ORGANIZATION/);
  });

  it("fails when it holds no organization", () => {
    const { message } = refusal(() => loadFleet(temporaryFolder()));

    expect(message).toContain("a folder without organization.ts");
  });

  it("fails when it holds no account", () => {
    const folder = temporaryFolder();
    writeCompany(folder, {
      accounts: {
        management: undefined,
        "shared-services": undefined,
        live: undefined,
        development: undefined,
      },
    });
    const { message } = refusal(() => loadFleet(folder));

    expect(message).toMatch(/accounts\n {2}given: {3}no account\n/);
    expect(message).toContain("add accounts/<account>.ts");
  });

  it("is chosen by SLIPWAY_ORGANIZATION", () => {
    const folder = temporaryFolder();
    writeCompany(folder);
    process.env["SLIPWAY_ORGANIZATION"] = folder;
    try {
      expect(loadFleet().organization.name).toBe("acme");
    } finally {
      delete process.env["SLIPWAY_ORGANIZATION"];
    }
  });

  it("may hold TypeScript and JSON beside each other", () => {
    const fleet = loadCompany({
      files: {
        "services/shop.ts":
          'const owner: string = "shop@acme.example";\nexport default { name: "shop", owner, containerPort: 80 };',
      },
    });

    expect(fleet.services["live"]?.map(({ name }) => name)).toEqual(["mailer", "orders", "shop"]);
  });

  it("may hold tests of its own, which are no data", () => {
    expect(() => loadCompany({ files: { "services/orders.test.ts": "throw new Error();" } })).not.toThrow();
  });

  it("gives accounts and services in an order of their own, whatever their files are called", () => {
    const fleet = loadCompany({
      services: { orders: undefined },
      files: {
        "services/a-last.json": JSON.stringify({
          name: "zebra",
          owner: "team@acme.example",
          containerPort: 80,
        }),
      },
    });

    expect(fleet.accounts.map(({ name }) => name)).toEqual([
      "development",
      "live",
      "management",
      "shared-services",
    ]);
    expect(fleet.services["live"]?.map(({ name }) => name)).toEqual(["mailer", "zebra"]);
  });

  it("reads pinned listener rules", () => {
    const fleet = loadCompany({
      files: { "ledgers/doors/live": "# a comment\nrule public orders * 1 42017 orders\n" },
    });

    expect(fleet.doorLedgers["live"]?.rules).toMatchObject([{ host: "orders", priority: 42017, line: 2 }]);
    expect(fleet.doorLedgers["development"]?.rules).toEqual([]);
  });
});

it("eeMobility's organization, which Slipway ships with, is accepted as it stands", () => {
  const fleet = loadFleet("environments");

  expect(fleet.accounts).toHaveLength(6);
  expect(fleet.services["live"]).toHaveLength(23);
  expect(fleet.services["management"] ?? []).toEqual([]);
});

import { loadCompany, removeFolders } from "../../support/company";
import { violationsOf } from "../../support/violations";

afterAll(removeFolders);

const SHOP = {
  name: "shop",
  owner: "team@acme.example",
  containerPort: 8080,
  accounts: ["live"],
  loadBalancers: [
    { alb: "public", host: "shop" },
    { alb: "public", host: "shop", path: "/api/*" },
  ],
};
const ledger = (...lines: string[]) => ({
  services: { shop: SHOP },
  files: { "ledgers/doors/live": `# where rules are\n${lines.join("\n")}\n` },
});
const violations = (change: Parameters<typeof loadCompany>[0]) => violationsOf(() => loadCompany(change));
const only = (change: Parameters<typeof loadCompany>[0]) => {
  const [violation, ...others] = violations(change);
  expect(others).toEqual([]);
  return violation;
};

describe("a ledger edited by hand", () => {
  it("with one number twice on a listener, by file and line", () =>
    expect(
      only(ledger("rule public shop * 1 40001 shop", "rule public orders * 1 40001 orders")),
    ).toMatchObject({
      file: expect.stringMatching(/ledgers\/doors\/live$/),
      path: "line 3",
      given: "40001 for orders/* of orders",
      allowed: "a number that no other rule of public has; line 2 gives it to shop/* of shop",
    }));

  it("with one rule twice", () =>
    expect(only(ledger("rule public shop * 1 40001 shop", "rule public shop * 1 40002 shop"))).toMatchObject({
      path: "line 3",
      allowed: expect.stringContaining("line 2 is this one's"),
    }));

  it("with the general before the specific", () =>
    expect(
      only(ledger("rule public shop * 1 40001 shop", "rule public shop /api/* 1 49000 shop")),
    ).toMatchObject({
      path: "line 3",
      given: "49000 for shop/api/*",
      allowed: expect.stringContaining("a number below 40001"),
    }));

  it("with a host on two load balancers", () =>
    expect(
      only(
        ledger("shards public 2", "rule public shop * 1 40001 shop", "rule public shop /api/* 2 9000 shop"),
      ),
    ).toMatchObject({
      path: "line 4",
      given: "shop on public-2",
      mend: expect.stringContaining("slipway allocate --move shop --to public-2"),
    }));

  it("with a load balancer that nobody opened", () =>
    expect(only(ledger("rule public shop * 2 40001 shop"))).toMatchObject({
      path: "line 2",
      given: "public-2",
      mend: 'add the line "shards public 2"',
    }));

  it.each([
    "rule public shop * 1 50001 shop",
    "rule public shop * 0 40001 shop",
    "rule public shop api 1 40001 shop",
    "public shop * 40001",
    "shards public 1",
    "move public shop 1 1 both",
    "move public shop 1 2 gone",
  ])("with a line that is none: %s", (line) =>
    expect(violations(ledger(line))[0]).toMatchObject({ path: "line 2", given: line }),
  );
});

describe("over a quota", () => {
  const many = (count: number, alb = "public") =>
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => {
        const name = `s${index}`;
        return [name, { ...SHOP, name, loadBalancers: [{ alb, host: name }] }];
      }),
    );

  it("rules and target groups of a load balancer: allocating opens another", () => {
    const found = violations({ services: many(100) });

    expect(found.map(({ given, allowed }) => [given, allowed])).toEqual([
      ["101 rules on public", "at most 100"],
      ["101 target groups behind public, a number that AWS does not raise", "at most 100"],
    ]);
    expect(found[0]?.mend).toContain("run slipway allocate, which opens public-2");
    expect(found[0]?.mend).toContain("quotas.albRules");
  });

  it("what AWS raised is counted with", () =>
    expect(
      violations({ services: many(100), accounts: { live: { quotas: { albRules: 150 } } } }),
    ).toHaveLength(1));

  it("rules that are gone count until they are forgotten", () => {
    const gone = Array.from(
      { length: 99 },
      (_, index) => `rule public g${index} * 1 ${40001 + index} g${index} removed`,
    );

    expect(violations(ledger(...gone)).map(({ given }) => given)).toContain("102 rules on public");
  });

  it("target groups of a service: a host that moves counts twice", () => {
    const albs = ["one", "two", "three", "four", "public"];
    const hosting = {
      loadBalancers: Object.fromEntries(albs.map((name) => [name, { scheme: "internet-facing" }])),
    };
    const shop = { ...SHOP, loadBalancers: albs.map((alb) => ({ alb, host: `h-${alb}` })) };
    const orders = { loadBalancers: [{ alb: "public", host: "orders" }] };
    const company = (...lines: string[]) => ({
      accounts: { live: { hosting } },
      services: { shop, orders: { ...orders, accounts: ["live"] } },
      files: { "ledgers/doors/live": lines.join("\n") },
    });
    expect(() => loadCompany(company())).not.toThrow();
    expect(
      only(
        company(
          "shards one 2",
          "rule one h-one * 1 40001 shop",
          "rule one h-one * 2 40001 shop",
          "move one h-one 1 2 both",
        ),
      ),
    ).toMatchObject({
      path: "loadBalancers (in live)",
      given: expect.stringMatching(/^6 target groups of one ECS service/),
      allowed: "at most 5",
    });
  });

  it("load balancers of a region", () =>
    expect(only({ accounts: { live: { quotas: { albs: 1 } } } })).toMatchObject({
      given: "2 Application Load Balancers in the region",
      allowed: "at most 1",
      mend: expect.stringContaining("quotas.albs"),
    }));

  it("target groups of a region", () =>
    expect(only({ accounts: { live: { quotas: { targetGroups: 1 } } } })).toMatchObject({
      given: "2 target groups in the region",
    }));
});

it("a load balancer's name ends in no number, which further ones of a name get", () =>
  expect(
    violations({
      accounts: { live: { hosting: { loadBalancers: { "public-2": { scheme: "internal" } } } } },
    })[0]?.path,
  ).toContain("hosting.loadBalancers"));

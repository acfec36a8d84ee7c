import type { Service } from "../../../environments/schema/service";
import { loadCompany, removeFolders, type Change } from "../../support/company";
import { violationsOf } from "../../support/violations";

afterAll(removeFolders);

function orders(change: Record<string, unknown>, account: string): Service | undefined {
  return loadCompany({ services: { orders: change } }).services[account]?.find(
    ({ name }) => name === "orders",
  );
}

describe("a service's overrides", () => {
  const overrides = { live: { cpu: 1024, memory: 2048, autoScaling: { maxCapacity: 12 } } };

  it("change the named account only", () => {
    expect(orders({ overrides }, "live")?.cpu).toBe(1024);
    expect(orders({ overrides }, "development")?.cpu).toBe(512);
  });

  it("keep what stands beside an overridden field, however deep", () => {
    const scaling = orders({ autoScaling: { cpu: 40, memory: 70 }, overrides }, "live")?.autoScaling;

    expect(scaling).toMatchObject({ cpu: 40, memory: 70, maxCapacity: 12 });
  });

  it("add to maps such as environment", () => {
    const service = orders(
      {
        environment: { LOG_LEVEL: "info", THEME: "plain" },
        overrides: { live: { environment: { LOG_LEVEL: "warn" } } },
      },
      "live",
    );

    expect(service?.environment).toEqual({ LOG_LEVEL: "warn", THEME: "plain" });
  });

  it("replace a list as a whole", () => {
    const service = orders(
      { overrides: { live: { loadBalancers: [{ alb: "internal", host: "orders" }] } } },
      "live",
    );

    expect(service?.loadBalancers.map(({ alb }) => alb)).toEqual(["internal"]);
  });
});

describe("an error inside an override names overrides, account and field", () => {
  const table: [string, Record<string, unknown>, string, string | RegExp][] = [
    ["an unknown key", { memroy: 2048 }, "overrides.live.memroy", /one of the fields/],
    [
      "an unknown key deep within",
      { autoScaling: { maxCapcity: 3 } },
      "overrides.live.autoScaling.maxCapcity",
      /such as maxCapacity/,
    ],
    ["a wrong type", { stopTimeout: "30" }, "overrides.live.stopTimeout", "a value of type number"],
    ["a value out of range", { stopTimeout: 500 }, "overrides.live.stopTimeout", "at most 120"],
    ["its name", { name: "other" }, "overrides.live.name", /may differ between accounts/],
    ["its accounts", { accounts: ["live"] }, "overrides.live.accounts", /may differ between accounts/],
  ];
  it.each(table)("%s", (_, override, path, allowed) => {
    const change: Change = { services: { orders: { overrides: { live: override } } } };

    expect(violationsOf(() => loadCompany(change))).toEqual([
      expect.objectContaining({
        file: expect.stringMatching(/services\/orders\.json$/),
        path,
        allowed: typeof allowed === "string" ? allowed : expect.stringMatching(allowed),
      }),
    ]);
  });

  it("an account that the service does not run in", () => {
    const change = { services: { orders: { accounts: ["live"], overrides: { development: { cpu: 256 } } } } };

    expect(violationsOf(() => loadCompany(change))).toEqual([
      expect.objectContaining({
        path: "overrides.development",
        given: "development",
        allowed: "an account it runs in: live",
      }),
    ]);
  });
});

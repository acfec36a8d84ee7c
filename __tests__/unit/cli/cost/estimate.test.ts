import { App } from "cdktf";
import { readFileSync } from "node:fs";
import { estimate, type Estimate } from "../../../../cli/cost/estimate";
import { total } from "../../../../cli/commands/list";
import { awakeHours } from "../../../../cli/cost/hours";
import { pricesOf, SOURCES } from "../../../../cli/cost/prices";
import { stackId } from "../../../../environments/schema/names";
import { KINDS } from "../../../../stacks/graph";
import { loadCompany, removeFolders, temporaryFolder, type Change } from "../../../support/company";
import { accountOf } from "../../../support/toy-stacks";

afterAll(removeFolders);

/** What a stack of ACME costs. */
function costOf(id: string, change: Change = {}): Estimate {
  const fleet = loadCompany(change);
  const plan = fleet.accounts
    .flatMap((account) => KINDS.flatMap((kind) => kind(fleet, account)))
    .find(({ account, concern, name }) => stackId(account, concern, name) === id);
  if (plan === undefined) throw new Error(`No stack ${id}`);
  return estimate(fleet, { ...plan, stack: plan.build(new App({ outdir: temporaryFolder() }), {}) });
}
const line = ({ lines }: Estimate, about: RegExp) => lines.find(({ what }) => about.test(what));
const prices = pricesOf("eu-central-1");

describe("hours awake", () => {
  const hours = (workingHours: unknown) =>
    awakeHours(
      accountOf(
        loadCompany({ accounts: { development: { capabilities: { workingHours } } } }),
        "development",
      ),
    );

  it("are all of a month without working hours", () => expect(hours(null)).toBe(730));
  it("are those of the week's working hours", () =>
    expect(
      hours({ timezone: "Europe/Berlin", start: "08:00", stop: "16:30", days: ["MON", "TUE"] }),
    ).toBeCloseTo((17 / 168) * 730));
  it("are none where somebody has to wake it", () =>
    expect(hours({ timezone: "Europe/Berlin", start: "onRequest", stop: "20:00" })).toBe(0));
});

describe("a service on Fargate", () => {
  // orders: half a vCPU, 1 GB; two tasks in live.
  const task = 0.5 * prices.fargate.X86_64.vcpuHour + prices.fargate.X86_64.gbHour;

  it("costs its fewest tasks, by the hour", () => {
    expect(line(costOf("live-service-orders"), /tasks on Fargate/)).toEqual({
      what: "2 tasks on Fargate, 730 h",
      usd: Math.round(2 * task * 730 * 100) / 100,
    });
  });

  it("costs what it does by hand: 2 tasks of half a vCPU at $0.04656 and 1 GB at $0.00511, 730 hours", () => {
    // 0.5 * 0.04656 + 0.00511 = 0.02839 an hour; 2 * 730 * 0.02839 = 41.4494.
    expect(line(costOf("live-service-orders"), /tasks on Fargate/)?.usd).toBe(41.45);
  });

  it("costs the fewest that a schedule leaves it", () => {
    const autoScaling = {
      minCapacity: 3,
      scheduledActions: {
        night: { schedule: "cron(0 22 * * ? *)", minCapacity: 1 },
        day: { schedule: "cron(0 6 * * ? *)" },
      },
    };

    expect(line(costOf("live-service-orders", { services: { orders: { autoScaling } } }), /Fargate/)).toEqual(
      {
        what: "1 task on Fargate, 730 h",
        usd: 20.72,
      },
    );
  });

  it("costs a third on Spot, and only while it is awake", () => {
    expect(line(costOf("development-service-orders"), /Spot/)).toEqual({
      what: "1 task on Fargate Spot, 282 h",
      usd: Math.round(task * 0.3 * ((65 / 168) * 730) * 100) / 100,
    });
  });

  it("costs less on ARM, and all month where it never sleeps", () => {
    const change = { services: { orders: { followsWorkingHours: false, cpuArchitecture: "ARM64" } } };
    const { vcpuHour, gbHour } = prices.fargate.ARM64;
    expect(line(costOf("development-service-orders", change), /Spot, 730 h/)?.usd).toBeCloseTo(
      (0.5 * vcpuHour + gbHour) * 0.3 * 730,
      1,
    );
  });

  it("costs its alarms and its dashboard too", () => {
    const cost = costOf("live-service-orders");
    expect(line(cost, /dashboard/)?.usd).toBe(3);
    expect(line(cost, /custom metric/)?.usd).toBe(0.3);
  });
});

describe("instances", () => {
  const group = (provider: object, services: Readonly<Record<string, unknown>> = {}): Change => ({
    accounts: {
      live: { hosting: { capacityProviders: { pool: provider }, defaultCapacityProvider: "pool" } },
    },
    services,
  });
  const onInstances = (provider: object, services?: Readonly<Record<string, unknown>>) =>
    costOf("live-hosting", group(provider, services));

  it("are as many as the fewest tasks fill", () => {
    // Two tasks of 2 vCPU fill one m7i.xlarge, and those of mailer a part of the next.
    const cost = onInstances({ instanceTypes: ["m7i.xlarge"] }, { orders: { cpu: 2048, memory: 4096 } });
    expect(line(cost, /m7i/)?.what).toBe("2 × m7i.xlarge");
  });

  it("are never fewer than the group keeps, and carry a disk", () => {
    const { usd = 0 } = line(onInstances({ instanceTypes: ["m6i.large"], minSize: 3 }), /3 × m6i/) ?? {};
    expect(usd).toBeCloseTo(3 * (0.115 * 730 + 50 * 0.0952), 1);
  });

  it("are not paid for again by the service", () => {
    const cost = costOf("live-service-orders", group({ instanceTypes: ["m7i.large"] }));
    expect(line(cost, /task/)).toBeUndefined();
  });

  it("without a price are named, and the estimate is marked as too low", () => {
    const arm = { cpuArchitecture: "ARM64" };
    const cost = onInstances({ instanceTypes: ["c7g.large"] }, { orders: arm, mailer: arm });

    expect(cost).toMatchObject({ unpriced: ["instances c7g.large"], complete: false });
    expect(total([cost, costOf("live-network")])).toMatch(/^ *≥ \d+\.\d\d$/);
    expect(total([costOf("live-network")])).toMatch(/^ *\d+\.\d\d$/);
  });
});

describe("what costs for being there", () => {
  it("is counted: gateways and their addresses, endpoints in each zone, DNS zones", () => {
    expect(costOf("live-network").lines).toEqual([
      { what: "7 × interface endpoint", usd: 183.96 },
      { what: "3 × NAT gateway", usd: 113.88 },
      { what: "3 × public address", usd: 10.95 },
      { what: "3 × DNS zone", usd: 1.5 },
    ]);
  });

  it("is nothing for a stack of roles", () => {
    expect(costOf("live-roles")).toMatchObject({ usd: 0, lines: [], unpriced: [] });
  });
});

it("a region without prices of its own borrows those of another, which the estimate names", () => {
  const change = {
    accounts: { development: { region: "eu-west-1" } },
    organization: { allowedRegions: ["eu-central-1", "eu-west-1", "us-east-1"] },
  };
  expect(costOf("development-network", change).prices.region).toBe("eu-central-1");
});

it("the prices have a month and their sources, which the page of costs lists", () => {
  const page = readFileSync("docs/costs.md", "utf8");
  expect(prices.date).toMatch(/^\d{4}-\d{2}$/);
  expect(page).toContain(prices.date);
  for (const url of Object.values(SOURCES)) expect(page).toContain(url);
});

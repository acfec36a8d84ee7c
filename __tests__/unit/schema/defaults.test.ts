import { capabilities, PRESETS, PRESET_NAMES } from "../../../environments/schema/capabilities";
import { loadCompany, removeFolders, type Change } from "../../support/company";

afterAll(removeFolders);

const account = (change: Change, name: string) =>
  loadCompany(change).accounts.find((candidate) => candidate.name === name);

describe("a preset", () => {
  it.each(PRESET_NAMES)("%s fills every capability with a value the schema takes", (name) => {
    expect(Object.keys(PRESETS[name]).sort()).toEqual(Object.keys(capabilities.shape).sort());
    expect(capabilities.safeParse(PRESETS[name]).success).toBe(true);
  });

  it("gives an account every capability", () => {
    expect(account({}, "development")?.capabilities).toEqual(PRESETS.development);
  });

  it("is overridden one capability at a time", () => {
    const change = { accounts: { development: { capabilities: { natGateways: "perZone" } } } };

    expect(account(change, "development")?.capabilities).toEqual({
      ...PRESETS.development,
      natGateways: "perZone",
    });
  });

  it("can be kept awake: null working hours override the preset's", () => {
    const change = { accounts: { development: { capabilities: { workingHours: null } } } };

    expect(account(change, "development")?.capabilities.workingHours).toBeNull();
  });

  it("is safest for live: protected, in several zones, never asleep, no shells", () => {
    expect(PRESETS.live).toMatchObject({
      deletionProtection: true,
      multiAz: true,
      natGateways: "perZone",
      workingHours: null,
      executeCommand: false,
      fargateSpot: false,
      rollbackOnAlarms: true,
    });
    expect(PRESETS.live.minimumTasks).toBeGreaterThanOrEqual(2);
    expect(PRESETS.live.secretRecoveryDays).toBeGreaterThanOrEqual(7);
  });

  it.each(["qa", "development"] as const)("%s sleeps outside working hours", (name) => {
    expect(PRESETS[name].workingHours).toMatchObject({ start: "07:00", stop: "20:00" });
  });

  it("playground is down until somebody wakes it, and down again each evening", () => {
    expect(PRESETS.playground.workingHours).toMatchObject({ start: "onRequest", stop: "20:00" });
    expect(PRESETS.playground.workingHours.days).toHaveLength(7);
  });
});

describe("a service that says nothing about it", () => {
  const service = (name: string, in_: string) => loadCompany().services[in_]?.find((s) => s.name === name);

  it("runs in every account with hosting", () => {
    expect(Object.keys(loadCompany().services).sort()).toEqual(["development", "live"]);
  });

  it("has the account's fewest tasks", () => {
    expect(service("orders", "live")?.autoScaling.minCapacity).toBe(PRESETS.live.minimumTasks);
    expect(service("orders", "development")?.autoScaling.minCapacity).toBe(1);
  });

  it("has at most three times the fewest, and at least four", () => {
    expect(service("orders", "live")?.autoScaling.maxCapacity).toBe(6);
    expect(service("orders", "development")?.autoScaling.maxCapacity).toBe(4);
  });

  it("is found by name when it has a port, and only then", () => {
    expect(service("orders", "live")?.serviceDiscovery).toBe(true);
    expect(service("mailer", "live")?.serviceDiscovery).toBe(false);
  });

  it("pulls the repository of its own name", () => {
    expect(service("orders", "live")?.repository).toBe("orders");
  });

  it("runs as a user that is not root", () => {
    expect(service("orders", "live")?.user).toBe("10001:10001");
  });
});

describe("an account that says nothing about it", () => {
  it("is in the organization's region and cost centre", () => {
    const change = { organization: { region: "eu-west-1", costCentre: "4711" } };

    expect(account(change, "live")).toMatchObject({ region: "eu-west-1", costCentre: "4711" });
  });

  it("has a public zone below the organization's domain", () => {
    expect(account({}, "live")?.network?.publicZone).toBe("live.acme.example");
  });

  it("has a public and an internal door when it hosts at all", () => {
    expect(account({}, "live")?.hosting?.loadBalancers).toEqual({
      public: { type: "application", scheme: "internet-facing", idleTimeout: 60 },
      internal: { type: "application", scheme: "internal", idleTimeout: 60 },
    });
  });
});

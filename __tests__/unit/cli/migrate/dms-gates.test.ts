import { DMS_GATES } from "../../../../cli/migrate/dms/gates";
import type { DmsObservation } from "../../../../cli/migrate/dms/observation";
import { passes, type Gate } from "../../../../cli/migrate/gate";
import type { LeavablePhase } from "../../../../cli/migrate/kind";
import type { Measured } from "../../../../cli/migrate/measured";
import { evidence } from "../../../support/migrations";
import { healthy, shop, table, task } from "../../../support/observed-dms";

const NOW = new Date("2026-03-05T08:00:00Z");

const measured = (values: Measured["values"], comparisons: Measured["comparisons"] = {}): Measured => ({
  by: "anna@acme.example",
  at: "2026-03-05T07:55:00Z",
  values,
  comparisons,
});

function gatesOf(
  phase: LeavablePhase,
  observed: DmsObservation,
  change: Readonly<Record<string, unknown>> = {},
  seen?: Measured,
): readonly Gate[] {
  return DMS_GATES[phase]({
    migration: shop({ phase, ...change }),
    observed,
    evidence: { cutover: evidence("shop", "cutover") },
    now: NOW,
    ...(seen === undefined ? {} : { measured: seen }),
  });
}

const failing = (gates: readonly Gate[]) => gates.filter((each) => !passes(each)).map(({ gate }) => gate);
const byName = (gates: readonly Gate[], name: string) => gates.find(({ gate }) => gate === name);

const waiver = (control: string, more: Readonly<Record<string, unknown>> = {}) => ({
  control,
  reason: "Agreed with the owner in the change board",
  owner: "shop@acme.example",
  expires: "2026-12-31",
  ...more,
});

describe("gates of prepare", () => {
  it("hold when every endpoint is reached and the assessment passed", () => {
    expect(failing(gatesOf("prepare", healthy()))).toEqual([]);
  });

  it("name the endpoint that is not reached, and why", () => {
    const connections = [
      { endpoint: "live-shop-source", status: "failed", failure: "no route to 192.168.10.5" },
      { endpoint: "live-shop-target", status: "not tested" },
    ];
    const gates = gatesOf("prepare", healthy({ connections }));
    expect(failing(gates)).toEqual(["connection live-shop-source", "connection live-shop-target"]);
    expect(byName(gates, "connection live-shop-source")?.why).toBe("no route to 192.168.10.5");
    expect(byName(gates, "connection live-shop-target")?.why).toMatch(
      /slipway migrate assess shop --connections/,
    );
  });

  it.each([
    ["none", undefined, "none"],
    ["one with findings", { name: "shop-1", status: "warning", results: "s3://acme/shop" }, "warning"],
    ["one that runs", { name: "shop-1", status: "running" }, "running"],
  ])("refuse without a passed assessment: %s", (_, assessment, value) => {
    const { assessment: _passed, ...others } = healthy();
    const gates = gatesOf("prepare", assessment === undefined ? others : { ...others, assessment });
    expect(byName(gates, "assessment")).toMatchObject({ holds: false, value });
    expect(failing(gates)).toEqual(["assessment"]);
  });

  it("take a waiver of the assessment, until its last day", () => {
    const failed = healthy({ assessment: { name: "shop-1", status: "failed" } });
    expect(failing(gatesOf("prepare", failed, { waivers: [waiver("assessment")] }))).toEqual([]);
    const expired = [waiver("assessment", { expires: "2026-03-04" })];
    expect(failing(gatesOf("prepare", failed, { waivers: expired }))).toEqual(["assessment"]);
  });

  it("ask nothing of DMS Serverless, which tests at its start", () => {
    const compute = { mode: "serverless", maxCapacityUnits: 4 };
    const observed = healthy({ connections: [] });
    expect(failing(gatesOf("prepare", observed, { compute, reverse: { enabled: false } }))).toEqual([]);
  });
});

describe("gates of full-load", () => {
  const loaded = (change: Parameters<typeof task>[1]) =>
    gatesOf("full-load", healthy({ tasks: [task("forward", change)] }));

  it("hold once every table is completed", () => {
    expect(failing(loaded({}))).toEqual([]);
  });

  it("refuse while it loads", () => {
    const gates = loaded({ fullLoadPercent: 60, tables: [table("orders", { state: "Full load" })] });
    expect(failing(gates)).toEqual(["fullLoad", "tablesCompleted"]);
    expect(byName(gates, "tablesCompleted")).toMatchObject({
      value: "0 of 1",
      why: "public.orders: Full load",
    });
  });

  it("refuse with a table in error, and name it", () => {
    const gates = loaded({
      tablesErrored: 1,
      tables: [table("orders", { state: "Table error" }), table("customers")],
    });
    expect(failing(gates)).toEqual(["tablesErrored", "tablesCompleted"]);
    expect(byName(gates, "tablesErrored")?.why).toMatch(/public\.orders.*slipway migrate reload shop/);
  });

  it("refuse when nothing was found to load, or it never started", () => {
    expect(failing(loaded({ tables: [] }))).toEqual(["tablesCompleted"]);
    expect(byName(loaded({ fullLoadPercent: 0, hasRun: false, tables: [] }), "fullLoad")?.why).toMatch(
      /slipway migrate start shop/,
    );
  });
});

describe("gates of cdc", () => {
  const following = (change: Parameters<typeof task>[1]) =>
    gatesOf("cdc", healthy({ tasks: [task("forward", change)] }));

  it("hold with low latency for long enough", () => {
    expect(failing(following({}))).toEqual([]);
  });

  it.each([
    ["latencySource", { minutes: 15, measured: 15, source: 61, target: 3 }],
    ["latencyTarget", { minutes: 15, measured: 15, source: 2, target: 90 }],
    ["latencyMeasured", { minutes: 15, measured: 14, source: 2, target: 3 }],
  ])("refuse by %s", (name, latency) => {
    expect(failing(following({ latency }))).toEqual([name]);
  });

  it("take the limits of the definition", () => {
    const observed = healthy({
      tasks: [task("forward", { latency: { minutes: 5, measured: 5, source: 200, target: 200 } })],
    });
    expect(
      failing(gatesOf("cdc", observed, { gates: { maxCdcLatencySeconds: 240, stableMinutes: 5 } })),
    ).toEqual([]);
  });

  it("refuse where nothing is measured, nothing changed, or nothing runs", () => {
    const { latency: _latency, ...unmeasured } = task("forward");
    expect(failing(gatesOf("cdc", healthy({ tasks: [unmeasured] })))).toEqual([
      "latencyMeasured",
      "latencySource",
      "latencyTarget",
    ]);
    const idle = [table("orders", { inserts: 0, updates: 0, deletes: 0 })];
    expect(failing(following({ tables: idle }))).toEqual(["changesSeen"]);
    expect(failing(following({ status: "failed", failure: "Last Error: binary log purged" }))).toEqual([
      "taskRunning",
    ]);
  });
});

describe("gates of validated", () => {
  const compared = (tables: readonly ReturnType<typeof table>[], change = {}, seen?: Measured) =>
    gatesOf("validated", healthy({ tasks: [task("forward"), task("validation", { tables })] }), change, seen);

  it("hold when every table is validated", () => {
    expect(failing(compared([table("orders")]))).toEqual([]);
  });

  it("refuse failed, suspended and pending records, each by its limit", () => {
    const gates = compared([
      table("orders", { validationState: "Mismatched records", validationFailed: 3 }),
      table("carts", { validationState: "Suspended records", validationSuspended: 2 }),
      table("items", { validationState: "Pending records", validationPending: 9 }),
    ]);
    expect(failing(gates)).toEqual([
      "tablesValidated",
      "recordsFailed",
      "recordsSuspended",
      "recordsPending",
    ]);
    expect(byName(gates, "recordsFailed")).toMatchObject({
      value: 3,
      limit: "0",
      why: expect.stringMatching(
        /validation failures over the limit in public\.orders.*awsdms_validation_failures_v1/,
      ),
    });
  });

  it("take records within the definition's limits", () => {
    const tables = [table("orders", { validationState: "Mismatched records", validationFailed: 3 })];
    expect(failing(compared(tables, { gates: { maxFailedRecords: 3 } }))).toEqual([]);
    expect(failing(compared(tables, { gates: { maxFailedRecords: 2 } }))).toEqual([
      "tablesValidated",
      "recordsFailed",
    ]);
  });

  it("refuse while a table still waits, whatever the limits", () => {
    const tables = [table("orders", { validationState: "Pending validation" })];
    expect(failing(compared(tables, { gates: { maxPendingRecords: 100 } }))).toEqual(["tablesValidated"]);
  });

  it("want a waiver with a count or hash for a table without a primary key", () => {
    const tables = [table("orders"), table("audit", { validationState: "No primary key" })];
    const waivers = [waiver("noPrimaryKey", { subject: "public.audit" })];
    const proven = [waiver("noPrimaryKey", { subject: "public.audit", evidence: "md5 4f2a at both ends" })];
    const counted = (source: number, target: number) => measured({}, { "public.audit": { source, target } });
    const name = "noPrimaryKey public.audit";
    expect(failing(compared(tables))).toEqual([name]);
    expect(failing(compared(tables, { waivers }))).toEqual([name]);
    expect(failing(compared(tables, {}, counted(5, 5)))).toEqual([name]);
    expect(failing(compared(tables, { waivers }, counted(5, 5)))).toEqual([]);
    expect(failing(compared(tables, { waivers: proven }))).toEqual([]);
    expect(failing(compared(tables, { waivers: proven }, counted(5, 4)))).toEqual([name]);
  });

  it("want counts of engines that DMS cannot compare", () => {
    const documents = {
      source: { engineName: "mongodb", secret: "migration/shop-source", databaseName: "shop" },
      target: { engineName: "docdb", secret: "migration/shop-target", databaseName: "shop" },
      validation: { enabled: false },
      reverse: { enabled: false },
    };
    const observed = healthy({ tasks: [task("forward", { tables: [table("orders")] })] });
    const gates = (seen?: Measured) => failing(gatesOf("validated", observed, documents, seen));
    expect(gates()).toEqual(["public.orders"]);
    expect(gates(measured({}, { "public.orders": { source: 12, target: 11 } }))).toEqual(["public.orders"]);
    expect(gates(measured({}, { "public.orders": { source: 12, target: 12 } }))).toEqual([]);
  });
});

describe("gates of cutover", () => {
  const stopped = task("forward", { status: "stopped", recoveryCheckpoint: "checkpoint:V1#7" });
  const after = healthy({
    tasks: [stopped, task("validation"), task("reverse", { cdcStartPosition: "0/16B3748" })],
  });
  const traffic = {
    provider: "route53",
    records: [{ name: "shop.acme.example", from: "old.example.com", to: "new.example.com" }],
    step: 4,
  };
  const marker = measured({ marker: "shop-cutover" });

  it("hold when forward stopped with its checkpoint, the marker arrived, reverse runs, and traffic is at 100", () => {
    expect(failing(gatesOf("cutover", after, { traffic }, marker))).toEqual([]);
  });

  it("refuse whatever of that is not so", () => {
    expect(failing(gatesOf("cutover", healthy(), { traffic: { ...traffic, step: 3 } }))).toEqual([
      "marker",
      "forwardStopped",
      "recoveryCheckpoint",
      "targetPosition",
      "reverseRunning",
      "traffic",
    ]);
  });

  it("ask for no reverse task where none was asked for", () => {
    const observed = healthy({ tasks: [stopped, task("validation")] });
    const change = {
      reverse: { enabled: false },
      rollback: { strategy: "reverse-copy", decisionOwner: "cto@acme.example" },
    };
    expect(failing(gatesOf("cutover", observed, change, marker))).toEqual([]);
  });
});

describe("gates of rollback-window", () => {
  const observed = healthy({ tasks: [task("forward", { status: "stopped" }), task("reverse")] });

  it("hold after the window, with the way back in order and no writes at the source", () => {
    expect(failing(gatesOf("rollback-window", observed, {}, measured({ sourceWrites: 0 })))).toEqual([]);
  });

  it("refuse before, with writes at the source, and with a way back that lags", () => {
    const late = { minutes: 15, measured: 15, source: 0, target: 400 };
    const lagging = healthy({
      tasks: [task("forward", { status: "stopped" }), task("reverse", { latency: late })],
    });
    const gates = gatesOf(
      "rollback-window",
      lagging,
      { rollback: { strategy: "reverse-replication", windowHours: 200, decisionOwner: "cto@acme.example" } },
      measured({ sourceWrites: 3 }),
    );
    expect(failing(gates)).toEqual(["windowHours", "sourceWrites", "reverse latencyTarget"]);
    expect(byName(gates, "windowHours")?.why).toMatch(/cto@acme\.example/);
  });
});

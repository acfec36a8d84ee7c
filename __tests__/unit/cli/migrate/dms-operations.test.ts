import { planReload } from "../../../../cli/migrate/dms/reload";
import { planStart } from "../../../../cli/migrate/dms/start";
import { planStop } from "../../../../cli/migrate/dms/stop";
import { healthy, shop, table, task } from "../../../support/observed-dms";

const only = (...tasks: readonly ReturnType<typeof task>[]) => healthy({ tasks });
const fresh = (direction: "forward" | "validation" | "reverse") =>
  task(direction, { status: "ready", hasRun: false, fullLoadPercent: 0, tables: [] });
const stopped = (direction: "forward" | "validation" | "reverse", change = {}) =>
  task(direction, { status: "stopped", ...change });

describe("start", () => {
  const start = (phase: string, observed: ReturnType<typeof healthy>, asked = {}, change = {}) =>
    planStart(shop({ phase, ...change }), observed, asked);

  it("begins a task that never ran", () => {
    const { task: _task, ...plan } = start("full-load", only(fresh("forward")));
    expect(plan).toEqual({ type: "start-replication" });
  });

  it("asks before tables of the target are emptied", () => {
    const emptying = {
      task: {
        tableMappings: { selection: [{ schemaName: "public" }] },
        settings: { targetTablePrepMode: "DROP_AND_CREATE" },
      },
    };
    expect(start("full-load", only(fresh("forward")), {}, emptying).danger).toMatch(
      /emptied.*DROP_AND_CREATE/,
    );
  });

  it("goes on where a task stopped, and never loads anew by itself", () => {
    expect(start("cdc", only(stopped("forward")))).toMatchObject({ type: "resume-processing" });
    expect(start("cdc", only(stopped("forward")))).not.toHaveProperty("danger");
    expect(start("cdc", only(task("forward", { status: "failed" })))).toMatchObject({
      type: "resume-processing",
    });
    expect(start("cdc", only(stopped("forward")), { fromScratch: true })).toMatchObject({
      type: "reload-target",
      danger: expect.stringMatching(/loaded anew/),
    });
  });

  it("does not let a full load go on, which DMS cannot", () => {
    const observed = only(
      stopped("forward", { migrationType: "full-load", stopReason: "FULL_LOAD_ONLY_FINISHED" }),
    );
    expect(() => start("full-load", observed)).toThrow(/cannot go on[^]*slipway migrate reload shop --table/);
  });

  it.each([
    ["prepare", {}, /not started in phase prepare[^]*slipway migrate advance shop/],
    ["rollback-window", {}, /not started in phase rollback-window/],
    ["cdc", { reverse: true }, /no reverse task in phase cdc/],
    ["cdc", { validation: true, reverse: true }, /--validation or --reverse, not both/],
  ])("refuses in phase %s, asked %j", (phase, asked, words) => {
    expect(() => start(phase, only(stopped("forward")), asked)).toThrow(words);
  });

  it.each([
    ["running", /is running already[^]*--watch/],
    ["modifying", /is modifying, and cannot be started now/],
  ])("refuses a task that is %s", (status, words) => {
    expect(() => start("cdc", only(task("forward", { status })))).toThrow(words);
  });

  it("never lets both directions run, unless loops are prevented", () => {
    const observed = only(task("forward"), fresh("reverse"));
    expect(() => start("cutover", observed, { reverse: true, now: true })).toThrow(
      /in circles[^]*slipway migrate stop shop/,
    );
    expect(() => start("cutover", only(stopped("forward"), task("reverse")))).toThrow(/stop shop --reverse/);
    const prevented = { reverse: { enabled: true, loopbackPrevention: true } };
    expect(start("cutover", observed, { reverse: true, now: true }, prevented).type).toBe(
      "start-replication",
    );
  });

  describe("of the way back", () => {
    const observed = only(stopped("forward"), fresh("reverse"));
    const target = { engineName: "aurora", store: "shop", secret: "migration/shop-target" };

    it("needs to know where it begins", () => {
      expect(() => start("cutover", observed, { reverse: true })).toThrow(
        /none was given[^]*--position POSITION/,
      );
      expect(start("cutover", observed, { reverse: true, now: true })).toMatchObject({
        type: "start-replication",
        danger: expect.stringMatching(/before now does not go back/),
      });
      expect(
        start("cutover", observed, { reverse: true, position: "mysql-bin.000024:373" }, { target }),
      ).toMatchObject({ position: "mysql-bin.000024:373" });
    });

    it("takes a position of PostgreSQL with a slot only", () => {
      const position = { reverse: true, position: "0/16B3748" };
      expect(() => start("cutover", observed, position)).toThrow(/only with a replication slot/);
      const slotted = {
        target: {
          engineName: "aurora-postgresql",
          store: "shop",
          secret: "migration/shop-target",
          databaseName: "shop",
          postgresSettings: { slotName: "back" },
        },
      };
      expect(start("cutover", observed, position, slotted).position).toBe("0/16B3748");
    });

    it("goes on afterwards where it stopped", () => {
      const again = only(stopped("forward"), stopped("reverse"));
      expect(start("rollback-window", again, { reverse: true })).toMatchObject({ type: "resume-processing" });
      expect(() => start("cutover", again, { reverse: true, position: "a:1" }, { target })).toThrow(
        /first start of the reverse task/,
      );
    });
  });

  it("warns before forward goes on in the cutover", () => {
    expect(start("cutover", only(stopped("forward"), fresh("reverse"))).danger).toMatch(/before the cutover/);
  });
});

describe("stop", () => {
  const stop = (phase: string, observed: ReturnType<typeof healthy>, asked = {}) =>
    planStop(shop({ phase }), observed, asked);

  it("stops what runs, without asking where it goes on as it was", () => {
    expect(stop("cdc", only(task("forward")))).not.toHaveProperty("danger");
    expect(stop("cutover", only(task("forward")))).not.toHaveProperty("danger");
  });

  it.each([
    ["full-load", task("forward", { fullLoadPercent: 40 }), {}, /full load is under way/],
    ["cutover", task("forward", { incomingChanges: 12 }), {}, /12 changes wait/],
    [
      "cutover",
      task("forward", { latency: { minutes: 15, measured: 15, source: 0, target: 99 } }),
      {},
      /up to 99 s/,
    ],
    ["rollback-window", task("reverse"), { reverse: true }, /closes the way back/],
  ])("asks in phase %s before something is lost", (phase, running, asked, words) => {
    expect(stop(phase, only(running), asked).danger).toMatch(words);
  });

  it("refuses what does not run", () => {
    expect(() => stop("cdc", only(stopped("forward")))).toThrow(/is stopped, and not running/);
  });
});

describe("reload", () => {
  const reload = (observed: ReturnType<typeof healthy>, asked = {}, phase = "cdc") =>
    planReload(shop({ phase }), observed, asked).tables.map(({ table: name }) => name);
  const mixed = [
    table("fine"),
    table("broken", { state: "Table error" }),
    table("different", { validationFailed: 2 }),
    table("odd", { validationSuspended: 1 }),
  ];

  it("takes tables in error, different or suspended, or those that are named", () => {
    const observed = only(task("forward", { tables: mixed }));
    expect(reload(observed)).toEqual(["broken", "different", "odd"]);
    expect(reload(observed, { tables: ["public.fine"] })).toEqual(["fine"]);
  });

  it("refuses where there is none, an unknown one, or the target is written to", () => {
    expect(() => reload(only(task("forward")))).toThrow(/No table is in error/);
    expect(() => reload(only(task("forward", { tables: mixed })), { tables: ["public.brokn"] })).toThrow(
      /Did you mean public\.broken/,
    );
    expect(() => reload(only(task("forward")), {}, "cutover")).toThrow(/not loaded anew in phase cutover/);
    expect(() => reload(only(stopped("forward")))).toThrow(/while it runs[^]*slipway migrate start shop/);
  });
});

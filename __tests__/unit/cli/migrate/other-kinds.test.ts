import { ElastiCacheClient, ReplicationGroupNotFoundFault } from "@aws-sdk/client-elasticache";
import { opensearchMigration } from "../../../../environments/schema/migration/opensearch";
import { redisMigration } from "../../../../environments/schema/migration/redis";
import { passes, type Gate } from "../../../../cli/migrate/gate";
import type { LeavablePhase } from "../../../../cli/migrate/kind";
import type { Measured } from "../../../../cli/migrate/measured";
import { OPENSEARCH_GATES } from "../../../../cli/migrate/opensearch/gates";
import { OPENSEARCH } from "../../../../cli/migrate/opensearch/kind";
import type { DomainObservation } from "../../../../cli/migrate/opensearch/observe";
import { REDIS_GATES } from "../../../../cli/migrate/redis/gates";
import { intendRedis } from "../../../../cli/migrate/redis/intend";
import { REDIS } from "../../../../cli/migrate/redis/kind";
import { observeRedis, type GroupObservation } from "../../../../cli/migrate/redis/observe";
import { loadCompany, removeFolders } from "../../../support/company";
import { evidence } from "../../../support/migrations";

const NOW = new Date("2026-03-05T08:00:00Z");
const EVERY = {
  owner: "shop@acme.example",
  changeRef: "CHG-7",
  account: "live",
  description: "The sessions of the shop, from the former provider",
  phase: "prepare",
  network: { path: "vpn", vpn: "former", cidrBlocks: ["192.168.10.0/24"] },
  rollback: { strategy: "dual-write", decisionOwner: "cto@acme.example" },
};
const redis = (change = {}) =>
  redisMigration.parse({
    ...EVERY,
    kind: "redis",
    id: "sessions",
    mode: "elasticache-online",
    source: { host: "192.168.10.9", tls: false, version: "6.2" },
    target: { cache: "sessions" },
    databases: [0, 1],
    ...change,
  });
const search = (change = {}) =>
  opensearchMigration.parse({
    ...EVERY,
    kind: "opensearch",
    id: "catalogue",
    mode: "snapshot",
    source: { endpoint: "https://search.example.com:9200", version: "7.10.2" },
    target: { searchDomain: "catalogue" },
    indices: ["products-*"],
    ...change,
  });
const measured = (values: Measured["values"], comparisons: Measured["comparisons"] = {}): Measured => ({
  by: "anna@acme.example",
  at: "2026-03-05T07:55:00Z",
  values,
  comparisons,
});
const failing = (gates: readonly Gate[]) => gates.filter((each) => !passes(each)).map(({ gate }) => gate);
const judged = (seen?: Measured) => ({
  evidence: { cutover: evidence("sessions", "cutover") },
  now: NOW,
  ...(seen === undefined ? {} : { measured: seen }),
});

const group = (change: Partial<GroupObservation> = {}): GroupObservation => ({
  id: "live-sessions",
  status: "available",
  multiAz: true,
  transitEncryption: false,
  shards: 1,
  events: ["Test migration for live-sessions succeeded"],
  ...change,
});

describe("a cache that is made of a snapshot", () => {
  it("is not waited for before its snapshot is there, since one that exists reads none", () => {
    const known = judged(
      measured({
        sourceReached: "PONG",
        snapshot: "arn:aws:s3:::acme-live-seed-sessions-200000000003/a.rdb",
      }),
    );
    const migration = redis({ mode: "rdb-seed" });
    expect(
      failing(REDIS_GATES.prepare({ migration, observed: { kind: "redis", group: undefined }, ...known })),
    ).toEqual([]);
  });
});

describe("an online migration of ElastiCache", () => {
  const gates = (
    phase: LeavablePhase,
    observed: Partial<GroupObservation> = {},
    seen?: Measured,
    change = {},
  ) =>
    failing(
      REDIS_GATES[phase]({
        migration: redis({ phase, ...change }),
        observed: { kind: "redis", group: group(observed) },
        ...judged(seen),
      }),
    );
  const SAME = { "dbsize 0": { source: 9, target: 9 }, "dbsize 1": { source: 0, target: 0 } };

  it("is prepared by a cache without TLS, with Multi-AZ, and a test that succeeded", () => {
    expect(gates("prepare")).toEqual([]);
    expect(gates("prepare", { transitEncryption: true, multiAz: false, events: [] })).toEqual([
      "transitEncryption",
      "multiAz",
      "connection",
    ]);
  });

  it("follows the source until nothing is behind", () => {
    expect(
      gates("full-load", { status: "migrating" }, measured({ masterLink: "up", masterSync: 0 })),
    ).toEqual([]);
    expect(gates("full-load")).toEqual(["migrating", "masterLink", "masterSync"]);
    expect(gates("cdc", { status: "migrating" }, measured({ replicationLag: 0 }))).toEqual([]);
    expect(gates("cdc", { status: "migrating" }, measured({ replicationLag: 4 }))).toEqual([
      "replicationLag",
    ]);
  });

  it("is compared by size, time to live and value in each database", () => {
    const clean = { ttlDifferences: 0, differences: 0 };
    expect(gates("validated", {}, measured(clean, SAME))).toEqual([]);
    expect(gates("validated", {}, measured(clean, { "dbsize 0": { source: 9, target: 8 } }))).toEqual([
      "dbsize 0",
      "dbsize 1",
    ]);
  });

  it("is over once ElastiCache completed it under a freeze", () => {
    const frozen = measured({ writes: "frozen", ttlDifferences: 0, differences: 0 }, SAME);
    const done = ["Complete Migration successful for live-sessions"];
    expect(gates("cutover", { events: done }, frozen)).toEqual([]);
    expect(gates("cutover", { status: "migrating" }, frozen)).toEqual(["completed"]);
    expect(gates("rollback-window", {}, measured({ sourceWrites: 0 }))).toEqual([]);
  });

  it("asks ElastiCache, and knows when the cache is not there", async () => {
    const client = new ElastiCacheClient({ region: "eu-central-1" });
    const asked: object[] = [];
    jest.spyOn(client, "send").mockImplementation((command: object) => {
      asked.push(command);
      return Promise.resolve(
        command.constructor.name === "DescribeEventsCommand"
          ? {
              Events: [
                { Message: "Test migration succeeded", Date: new Date(2) },
                { Message: "Cache node recovered", Date: new Date(1) },
              ],
            }
          : {
              ReplicationGroups: [
                { Status: "migrating", MultiAZ: "enabled", TransitEncryptionEnabled: false },
              ],
            },
      );
    });
    const live = loadCompany().accounts.find(({ name }) => name === "live");
    if (live === undefined) throw new Error("no account");
    expect(await observeRedis(client, live, redis())).toEqual({
      kind: "redis",
      group: expect.objectContaining({
        id: "live-sessions",
        status: "migrating",
        multiAz: true,
        events: ["Test migration succeeded"],
      }),
    });
    jest
      .spyOn(client, "send")
      .mockImplementation(() =>
        Promise.reject(new ReplicationGroupNotFoundFault({ message: "", $metadata: {} })),
      );
    const nothing = await observeRedis(client, live, redis());
    expect(REDIS.missing(redis(), nothing)).toMatch(/cache sessions is not there yet/);
  });
});

describe("what is done to an online migration", () => {
  afterAll(removeFolders);
  const client = new ElastiCacheClient({ region: "eu-central-1" });
  const sent: unknown[] = [];
  beforeEach(() => {
    sent.splice(0);
    jest.spyOn(client, "send").mockImplementation((command: { readonly input: unknown }) => {
      sent.push(command.input);
      return Promise.resolve({});
    });
  });
  const intend = (
    operation: Parameters<typeof intendRedis>[0],
    observed: Partial<GroupObservation>,
    change = {},
  ) => {
    const fleet = loadCompany();
    const account = fleet.accounts.find(({ name }) => name === "live");
    if (account === undefined) throw new Error("no account");
    const place = {
      fleet,
      account,
      migration: redis(change),
      options: { region: "eu-central-1", maxAttempts: 1 },
    };
    return intendRedis(operation, place, client, { kind: "redis", group: group(observed) });
  };

  it("starts only with approval, since every key of the target is deleted", async () => {
    const started = intend("start", {}, { phase: "full-load" });
    expect(started.danger).toMatch(/Every key that live-sessions holds is deleted/);
    await started.run(() => undefined);
    expect(sent).toEqual([
      {
        ReplicationGroupId: "live-sessions",
        CustomerNodeEndpointList: [{ Address: "192.168.10.9", Port: 6379 }],
      },
    ]);
  });

  it("completes without force, so that ElastiCache refuses what is not in sync", async () => {
    await intend("stop", { status: "migrating" }).run(() => undefined);
    expect(sent).toEqual([{ ReplicationGroupId: "live-sessions" }]);
  });

  it.each([
    ["start", { status: "available" }, {}, /is in phase prepare, and starts in full-load/],
    ["stop", { status: "available" }, {}, /is available, and not migrating/],
    ["reload", {}, {}, /nothing to load anew/],
    ["start", {}, { mode: "rdb-seed" }, /not worked by AWS[^]*slipway migrate runbook sessions/],
  ] as const)("refuses to %s: %j %j", (operation, observed, change, words) => {
    expect(() => intend(operation, observed, change)).toThrow(words);
  });
});

describe("a migration into OpenSearch", () => {
  const domain: DomainObservation = {
    name: "live-catalogue",
    version: "OpenSearch_2.19",
    status: "Active",
    health: "green",
  };
  const gates = (phase: LeavablePhase, observed: Partial<DomainObservation>, seen?: Measured, change = {}) =>
    failing(
      OPENSEARCH_GATES[phase]({
        migration: search({ phase, ...change }),
        observed: { kind: "opensearch", domain: { ...domain, ...observed } },
        ...judged(seen),
      }),
    );

  it("is prepared by a domain in order and a repository that answers", () => {
    expect(gates("prepare", {}, measured({ repository: "verified" }))).toEqual([]);
    expect(gates("prepare", { status: "Modifying", health: "yellow" })).toEqual([
      "domain",
      "health",
      "repository",
    ]);
  });

  it("is loaded by a snapshot without failed shards", () => {
    const taken = { snapshot: "catalogue-rehearsal", snapshotState: "SUCCESS", failedShards: 0 };
    expect(gates("full-load", {}, measured(taken))).toEqual([]);
    expect(gates("full-load", {}, measured({ ...taken, snapshotState: "PARTIAL", failedShards: 2 }))).toEqual(
      ["snapshotState", "failedShards"],
    );
  });

  it("follows changes with Migration Assistant only", () => {
    expect(gates("cdc", {})).toEqual([]);
    expect(gates("cdc", {}, undefined, { mode: "migration-assistant" })).toEqual(["replayLagSeconds"]);
  });

  it("is compared by documents and searches", () => {
    const same = { "documents products-*": { source: 12, target: 12 } };
    expect(gates("validated", {}, measured({ queryDifferences: 0 }, same))).toEqual([]);
    expect(gates("cutover", {}, measured({ queryDifferences: 1 }, same))).toEqual([
      "writes",
      "queryDifferences",
    ]);
  });

  it("names every measurement that its gates ask for", () => {
    for (const phase of ["prepare", "full-load", "validated", "cutover", "rollback-window"] as const) {
      const asked = OPENSEARCH.measures(search(), phase).map(({ name }) => name);
      const open = gates(phase, {}).filter((name) => name !== "windowHours");
      expect([...asked].sort()).toEqual([...open].sort());
    }
  });
});

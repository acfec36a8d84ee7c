import { loadCompany, removeFolders, type Change } from "../../support/company";
import { violationsOf } from "../../support/violations";

afterAll(removeFolders);

const live = (caches: object): Change => ({ accounts: { live: { data: { caches } } } });
const sessions = (cache: object) => live({ sessions: cache });
const profiles = (memoryDatabase: object): Change => ({
  accounts: { live: { data: { memoryDatabases: { profiles: memoryDatabase } } } },
});
const at = (field: string) => `data.caches.sessions.${field}`;

const REFUSED: readonly (readonly [shows: string, change: Change, path: string, words: string])[] = [
  [
    "a cache its account lacks",
    { ...sessions({}), services: { orders: { accounts: ["live"], caches: ["session"] } } },
    "caches[0] (in live)",
    "write ",
  ],
  [
    "a version that the engine lacks",
    sessions({ engineVersion: "9.9" }),
    at("engineVersion"),
    "7.2, 8.0, 8.1",
  ],
  [
    "Valkey's version of Redis",
    sessions({ engine: "redis", engineVersion: "8.1" }),
    at("engineVersion"),
    "7.1",
  ],
  ["a node type that is none", sessions({ nodeType: "cache.r7g.larg" }), at("nodeType"), "cache.r7g.large"],
  [
    "more nodes than a cluster has",
    sessions({ shards: 200, replicasPerShard: 2 }),
    at("shards"),
    "at most 500 nodes",
  ],
  [
    "no standby where the account keeps them",
    sessions({ replicasPerShard: 0 }),
    at("replicasPerShard"),
    "failover needs one",
  ],
  [
    "too short a memory in a protected account",
    sessions({ snapshotRetentionDays: 3 }),
    at("snapshotRetentionDays"),
    "at least 7",
  ],
  [
    "events that are none",
    sessions({ parameters: { "notify-keyspace-events": "Ax" } }),
    at("parameters.notify-keyspace-events"),
    "K (keyspace)",
  ],
  [
    "a policy of eviction that is none",
    sessions({ parameters: { "maxmemory-policy": "lru" } }),
    at("parameters.maxmemory-policy"),
    "allkeys-lru",
  ],
  [
    "cluster mode by parameter",
    sessions({ parameters: { "cluster-enabled": "yes" } }),
    at("parameters.cluster-enabled"),
    "`shards`",
  ],
  [
    "an online migration onto nodes with disks",
    sessions({ onlineMigrationTarget: true, nodeType: "cache.r6gd.xlarge" }),
    at("onlineMigrationTarget"),
    "data tiering",
  ],
  [
    "an online migration with TLS",
    sessions({ onlineMigrationTarget: true, transitEncryptionMode: "preferred" }),
    at("transitEncryptionMode"),
    "once the migration is complete",
  ],
  [
    "two ways to fill it",
    sessions({ onlineMigrationTarget: true, seedFrom: ["arn:aws:s3:::dumps/a.rdb"] }),
    at("seedFrom"),
    "one of the two",
  ],
  [
    "two files for one shard",
    sessions({ seedFrom: ["arn:aws:s3:::dumps/a.rdb", "arn:aws:s3:::dumps/b.rdb"] }),
    at("seedFrom"),
    "one file",
  ],
  [
    "a file that is no snapshot",
    sessions({ seedFrom: ["arn:aws:s3:::dumps/a.json"] }),
    at("seedFrom[0]"),
    ".rdb",
  ],
  [
    "two users of one name",
    {
      ...live({ a: {}, "a-b": {} }),
      services: {
        c: { name: "c", owner: "a@acme.example", kind: "worker", accounts: ["live"], caches: ["a-b"] },
        "b-c": { name: "b-c", owner: "a@acme.example", kind: "worker", accounts: ["live"], caches: ["a"] },
      },
    },
    "data.caches",
    "rename one of the stores",
  ],
  [
    "a MemoryDB cluster its account lacks",
    { services: { orders: { accounts: ["live"], memoryDatabases: ["profiles"] } } },
    "memoryDatabases[0] (in live)",
    "data.memoryDatabases",
  ],
  [
    "a version that MemoryDB lacks",
    profiles({ engineVersion: "8.1" }),
    "data.memoryDatabases.profiles.engineVersion",
    "7.2, 7.3",
  ],
  [
    "a node type of ElastiCache",
    profiles({ nodeType: "db.t4g.micro" }),
    "data.memoryDatabases.profiles.nodeType",
    "MemoryDB",
  ],
  [
    "a MemoryDB cluster without a standby where the account keeps them",
    profiles({ replicasPerShard: 0 }),
    "data.memoryDatabases.profiles.replicasPerShard",
    "multiAz",
  ],
];

test.each(REFUSED)("%s is refused", (_shows, change, path, words) => {
  const found = violationsOf(() => loadCompany(change));
  expect(found.map((candidate) => candidate.path)).toContain(path);
  const said = found.filter((candidate) => candidate.path === path);
  expect(JSON.stringify(said.map(({ allowed, mend }) => [allowed, mend]))).toContain(words);
});

test("a cache without a standby is taken where the account keeps none", () => {
  const change = { accounts: { development: { data: { caches: { sessions: { replicasPerShard: 0 } } } } } };
  expect(() => loadCompany(change)).not.toThrow();
});

import { loadCompany, removeFolders } from "../../support/company";
import { kindIn, type KindId } from "../../support/migration-kinds";
import { violationsOf } from "../../support/violations";

afterAll(removeFolders);

type Values = Readonly<Record<string, unknown>>;
const of = (id: KindId, values: Values) => violationsOf(() => loadCompany(kindIn(id, "prepare", values)));
const source = { host: "192.168.10.7", version: "6.2", tls: false };
const search = { endpoint: "https://search.former.example:9200", version: "7.10.2" };

describe("what is refused of a migration of keys", () => {
  it.each<[string, KindId, Values, object]>([
    ["two targets", "carts", { target: { cache: "carts", memoryDatabase: "x" } }, { path: "target" }],
    [
      "a target that is not there, with the one that was meant",
      "sessions",
      { target: { cache: "session" } },
      { path: "target.cache", given: "session", mend: 'write "sessions"' },
    ],
    [
      "a target of another kind",
      "sessions",
      { target: { memoryDatabase: "sessions" } },
      { path: "target.memoryDatabase", allowed: expect.stringContaining("caches of ElastiCache only") },
    ],
    [
      "an online migration into a cache with TLS and users",
      "sessions",
      { target: { cache: "carts" } },
      { path: "target.cache", mend: expect.stringContaining("onlineMigrationTarget: true for carts") },
    ],
    [
      "an online migration of a source with AUTH",
      "sessions",
      { source: { ...source, secret: "migration/carts-source" } },
      { path: "source.secret", allowed: expect.stringContaining("no source with AUTH") },
    ],
    [
      "an online migration over TLS",
      "sessions",
      { source: { ...source, tls: true } },
      { path: "source.tls", allowed: expect.stringContaining("without TLS") },
    ],
    [
      "an online migration over the internet",
      "sessions",
      { network: { path: "egress", cidrBlocks: ["198.51.100.20/32"] } },
      { path: "network.path", allowed: expect.stringContaining("isolated subnets") },
    ],
    [
      "an online migration of a later version",
      "sessions",
      { source: { ...source, version: "8.2.1" } },
      { path: "source.version", allowed: expect.stringContaining("8.1 at most") },
    ],
    [
      "a way back that only RIOT knows",
      "prices",
      { rollback: { strategy: "reverse-copy", decisionOwner: "cto@acme.example" } },
      { path: "rollback.strategy", allowed: expect.stringContaining("dual-write or loss-declared") },
    ],
    [
      "a way back that nothing replicates",
      "carts",
      { rollback: { strategy: "reverse-replication", decisionOwner: "cto@acme.example" } },
      { path: "rollback.strategy", allowed: expect.stringContaining("nothing replicates redis back") },
    ],
    [
      "replication without notifications",
      "carts",
      { keyspaceNotifications: false },
      { path: "keyspaceNotifications", mend: expect.stringContaining("notify-keyspace-events KEA") },
    ],
    ["replication by nothing", "carts", { riot: undefined }, { path: "riot", given: "nothing" }],
    [
      "an image by a tag",
      "carts",
      { riot: { image: "docker.io/riotx/riot:latest" } },
      { path: "riot.image", allowed: expect.stringContaining("by digest") },
    ],
    [
      "a size that Fargate does not have",
      "carts",
      { riot: { image: `docker.io/riotx/riot@sha256:${"a".repeat(64)}`, cpu: 256, memory: 4096 } },
      { path: "riot.memory", allowed: expect.stringContaining("from 512 to 2048 MiB") },
    ],
    [
      "a task that signs in by IAM",
      "carts",
      { target: { cache: "carts" } },
      { path: "target.secret", allowed: expect.stringContaining("does not sign in by IAM") },
    ],
    [
      "a secret that is not there",
      "carts",
      { source: { ...source, secret: "migration/cart-source" } },
      { path: "source.secret", mend: 'write "migration/carts-source"' },
    ],
    [
      "a task where there is none",
      "prices",
      { target: { cache: "prices", secret: "migration/carts-target" } },
      { path: "target.secret", mend: "remove it" },
    ],
  ])("%s", (_, id, values, violation) =>
    expect(of(id, values)).toEqual(expect.arrayContaining([expect.objectContaining(violation)])),
  );

  it("a seed that the store did not begin with, once it is to be loaded", () =>
    expect(violationsOf(() => loadCompany(kindIn("prices", "cdc", { target: { cache: "carts" } })))).toEqual([
      expect.objectContaining({
        path: "target.cache",
        mend: 'seedFrom: ["arn:aws:s3:::acme-live-seed-prices-200000000003/prices.rdb"] in data.caches of live',
      }),
    ]));
});

describe("what is refused of a migration of indices", () => {
  it.each<[string, KindId, Values, object]>([
    [
      "a domain that is not there",
      "products",
      { target: { searchDomain: "product" } },
      { path: "target.searchDomain", mend: 'write "products"' },
    ],
    [
      "a snapshot of a later version",
      "products",
      { source: { ...search, version: "7.17.9" } },
      { path: "source.version", given: "7.17.9", mend: "set mode: migration-assistant" },
    ],
    [
      "a snapshot that the domain does not restore",
      "products",
      { source: { ...search, version: "6.8.23" } },
      { path: "source.version", allowed: expect.stringContaining("OpenSearch_2.19 restores") },
    ],
    [
      "the assistant without its images",
      "articles",
      { assistant: undefined },
      { path: "assistant", allowed: expect.stringContaining("console and reindexFromSnapshot") },
    ],
  ])("%s", (_, id, values, violation) =>
    expect(of(id, values)).toEqual(expect.arrayContaining([expect.objectContaining(violation)])),
  );
});

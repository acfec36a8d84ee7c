import { loadCompany, removeFolders, type Change } from "../../support/company";
import { DATABASE_EXAMPLES } from "../../support/database-examples";
import { violationsOf } from "../../support/violations";

afterAll(removeFolders);

const live = (databases: object): Change => ({ accounts: { live: { data: { databases } } } });
const orders = (fields: object): Change => live({ orders: fields });
const at = (field: string) => `data.databases.orders.${field}`;

/** The same AWS account in another region, as a further entry. */
const ireland = (copy: object, primary: object = { instanceClass: "db.r7g.large", global: {} }): Change => ({
  accounts: {
    live: { data: { databases: { orders: primary } } },
    qa: {
      name: "qa",
      id: "200000000005",
      email: "qa@acme.example",
      preset: "qa",
      region: "eu-west-1",
      network: { cidrBlock: "10.40.0.0/16" },
      data: {
        databases: {
          orders: { instanceClass: "db.r7g.large", global: { primary: "live/orders" }, ...copy },
        },
      },
    },
  },
});

const REFUSED: readonly (readonly [shows: string, change: Change, path: string, words: string])[] = [
  ["an engine that RDS lacks", orders({ engine: "oracle" }), at("engine"), "engine"],
  [
    "a version in another engine's form",
    orders({ engine: "aurora-mysql", engineVersion: "16.8" }),
    at("engineVersion"),
    "8.0.mysql_aurora",
  ],
  [
    "a class that Aurora MySQL lacks",
    orders({ engine: "aurora-mysql", instanceClass: "db.t4g.micro" }),
    at("instanceClass"),
    "a class that Aurora MySQL has",
  ],
  [
    "Graviton for SQL Server",
    orders({ engine: "sqlserver-se", instanceClass: "db.m7g.large" }),
    at("instanceClass"),
    "SQL Server Standard",
  ],
  [
    "a class too small for an edition",
    orders({ engine: "sqlserver-ee", instanceClass: "db.m6i.large" }),
    at("instanceClass"),
    "SQL Server Enterprise",
  ],
  [
    "serverless instances of RDS",
    orders({ engine: "mysql", serverless: {} }),
    at("serverless"),
    "one of the fields",
  ],
  [
    "a class beside serverless",
    orders({ instanceClass: "db.r7g.large", serverless: { minCapacity: 1, maxCapacity: 4 } }),
    at("instanceClass"),
    "db.serverless",
  ],
  [
    "a most capacity below the least",
    orders({ serverless: { minCapacity: 4, maxCapacity: 2 } }),
    at("serverless.maxCapacity"),
    "at least minCapacity, 4",
  ],
  [
    "a pause that the version does not know",
    orders({ engineVersion: "16.2", serverless: { minCapacity: 0, maxCapacity: 2 } }),
    at("serverless.minCapacity"),
    "at least 0.5",
  ],
  [
    "seconds until a pause that never comes",
    orders({ serverless: { minCapacity: 1, maxCapacity: 2, secondsUntilAutoPause: 600 } }),
    at("serverless.secondsUntilAutoPause"),
    "only then it pauses",
  ],
  [
    "autoscaling to fewer readers than there are",
    orders({ readers: 3, readerAutoScaling: { maxReaders: 2 } }),
    at("readerAutoScaling.maxReaders"),
    "more than the 3 readers",
  ],
  [
    "a zone that the network lacks",
    orders({ availabilityZones: ["a", "f"] }),
    at("availabilityZones[1]"),
    "a, b, c",
  ],
  [
    "clear connections to MySQL",
    orders({ engine: "mysql", parameters: { require_secure_transport: "0" } }),
    at("parameters.require_secure_transport"),
    "TLS is not a choice",
  ],
  [
    "old TLS of SQL Server",
    orders({ engine: "sqlserver-se", parameters: { "rds.tls10": "enabled" } }),
    at("parameters.rds.tls10"),
    "TLS is not a choice",
  ],
  [
    "a binary log by parameter",
    orders({ engine: "aurora-mysql", parameters: { binlog_format: "MIXED" } }),
    at("parameters.binlog_format"),
    "logicalReplication",
  ],
  [
    "less storage than RDS has",
    orders({ engine: "sqlserver-ex", allocatedStorage: 10 }),
    at("allocatedStorage"),
    "at least 20",
  ],
  [
    "storage that cannot grow",
    orders({ engine: "mysql", allocatedStorage: 100, maxAllocatedStorage: 105 }),
    at("maxAllocatedStorage"),
    "at least 110",
  ],
  [
    "fast storage that is too small",
    orders({ engine: "mysql", iops: 6000 }),
    at("iops"),
    "raise allocatedStorage to 400",
  ],
  [
    "more operations than a volume of SQL Server has",
    orders({ engine: "sqlserver-se", iops: 20_000 }),
    at("iops"),
    "3000 to 16000",
  ],
  [
    "a standby of an edition without one",
    orders({ engine: "sqlserver-web", multiAz: true }),
    at("multiAz"),
    "no standby",
  ],
  [
    "replicas of an edition without any",
    orders({ engine: "sqlserver-se", readers: 1 }),
    at("readers"),
    "no read replicas",
  ],
  [
    "too short a memory in a protected account",
    orders({ engine: "postgres", backupRetentionDays: 3 }),
    at("backupRetentionDays"),
    "at least 7",
  ],
  [
    "a database made from itself",
    orders({ restoreFrom: { cluster: "live-orders" } }),
    at("restoreFrom.cluster"),
    "another database",
  ],
  [
    "an instance restored into less storage than there was",
    live({
      rides: { engine: "mysql", allocatedStorage: 400 },
      orders: { engine: "mysql", restoreFrom: { instance: "live-rides" } },
    }),
    at("allocatedStorage"),
    "at least 400",
  ],
  [
    "a user of SQL Server without a password",
    {
      ...orders({ engine: "sqlserver-se" }),
      services: { orders: { accounts: ["live"], databases: ["orders"] } },
    },
    "databases[0] (in live)",
    'declare the secret \\"orders/orders\\" in live',
  ],
  [
    "a global database of burstable instances",
    orders({ global: {}, instanceClass: "db.t4g.medium" }),
    at("instanceClass"),
    "families r or x",
  ],
  ["a copy in another AWS account", ireland({}), at("global.primary"), "is 200000000003"],
  [
    "a copy of what is not copied",
    ireland({}, { instanceClass: "db.r7g.large" }),
    at("global.primary"),
    "global: {}",
  ],
  ["a copy of another version", ireland({ engineVersion: "16.6" }), at("engineVersion"), "16.8"],
  ["a copy with a first database", ireland({ databaseName: "orders" }), at("databaseName"), "live/orders"],
  [
    "a copy of nothing",
    ireland({ global: { primary: "live/order" } }),
    at("global.primary"),
    "an Aurora cluster",
  ],
];

test.each(REFUSED)("%s is refused", (_shows, change, path, words) => {
  const found = violationsOf(() => loadCompany(change));
  expect(found.map((candidate) => candidate.path)).toContain(path);
  const told = found.filter((candidate) => candidate.path === path);
  expect(JSON.stringify(told.map(({ allowed, mend }) => [allowed, mend]))).toContain(words);
});

test("every engine in every form is accepted", () => {
  expect(() => loadCompany(live(DATABASE_EXAMPLES))).not.toThrow();
});

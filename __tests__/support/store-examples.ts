import type { AccountInput } from "../../environments/schema/account";
import { DATABASE_EXAMPLES } from "./database-examples";

/** Each kind of store in each form that it has, for one account: what the tiers of real stacks are run with. */
export const STORE_EXAMPLES = {
  databases: DATABASE_EXAMPLES,
  caches: {
    carts: { parameters: { "maxmemory-policy": "allkeys-lru", "notify-keyspace-events": "Ex" } },
    "carts-oss": { engine: "redis" },
    prices: { nodeType: "cache.r7g.large", shards: 3, replicasPerShard: 2 },
  },
  externalDatabases: {
    atlas: { kind: "mongodb-atlas", secret: "orders/database" },
    "atlas-private": {
      kind: "mongodb-atlas",
      secret: "orders/database",
      privateLink: { serviceName: "com.amazonaws.vpce.eu-central-1.vpce-svc-0123456789abcdef0" },
    },
  },
  buckets: {
    invoices: { archiveAfterDays: 90, expireAfterDays: 4000 },
    papers: {
      transitions: [
        { days: 30, storageClass: "STANDARD_IA" },
        { days: 365, storageClass: "GLACIER" },
      ],
      objectLock: { mode: "GOVERNANCE", years: 10 },
      mustKeep: { years: 10, because: "§ 147 AO" },
    },
  },
  searchDomains: {
    products: {},
    "products-large": { instanceType: "r7g.large.search", availabilityZoneCount: 2, volumeSize: 500 },
  },
  memoryDatabases: {
    profiles: {},
    "profiles-oss": { engine: "redis", shards: 2, parameters: { "maxmemory-policy": "volatile-ttl" } },
  },
  documentDatabases: {
    catalogue: {},
    telemetry: {
      engineVersion: "8.0.0",
      instanceClass: "db.r6g.large",
      replicas: 2,
      storageType: "iopt1",
      backupRetentionDays: 14,
      parameters: { profiler_threshold_ms: "250" },
    },
  },
  mysqlClusters: {
    journeys: {
      packages: {
        bucket: "invoices",
        key: "mysql/mysql-8.4.6-1.el9.aarch64.rpm-bundle.tar",
        sha256: "4f".repeat(32),
      },
      replicas: 1,
      replicationSecret: "journeys/replication",
      size: 100,
      parameters: { max_connections: "500" },
    },
    "trip-costs": {
      packages: {
        bucket: "invoices",
        key: "mysql/mysql-8.0.43-1.el9.x86_64.rpm-bundle.tar",
        sha256: "5e".repeat(32),
      },
      instanceType: "m7i.large",
      replicas: 0,
      replicationSecret: "journeys/replication",
      size: 50,
      iops: 6000,
      throughput: 250,
      backupRetentionDays: 30,
    },
  },
  tables: {
    sessions: { hashKey: "id", attributes: { id: "S" }, timeToLive: "expiresAt" },
    trips: {
      hashKey: "driver",
      rangeKey: "startedAt",
      attributes: { driver: "S", startedAt: "N", city: "S", fare: "N" },
      globalSecondaryIndexes: {
        "by-city": { hashKey: "city", rangeKey: "startedAt", readCapacity: 10, writeCapacity: 10 },
      },
      localSecondaryIndexes: {
        "by-fare": { rangeKey: "fare", projectionType: "INCLUDE", nonKeyAttributes: ["city"] },
      },
      capacity: { read: { min: 5, max: 50 }, write: { min: 5, max: 50, target: 60 } },
      streamViewType: "NEW_AND_OLD_IMAGES",
      contributorInsights: true,
      recoveryPeriodInDays: 14,
    },
  },
  fileSystems: { shared: { accessPoints: { metrics: { path: "/metrics" } } } },
  streams: {
    clicks: {},
    meters: { shardCount: 2, retentionHours: 48, shardLevelMetrics: ["IncomingBytes"] },
  },
  deliveryStreams: {
    "clicks-archive": { stream: "clicks", bucket: "invoices", dynamicPartitioning: { kind: ".page.kind" } },
    "meters-archive": { stream: "meters", bucket: "invoices", newLines: false, compressionFormat: "Snappy" },
  },
} as const satisfies NonNullable<AccountInput["data"]>;

/** What accounts with these stores have beside them. */
export const STORE_NEEDS = {
  secrets: { "journeys/replication": { description: "Password with which MySQL's replicas follow" } },
  capabilities: {
    interfaceEndpoints: [
      "ecr.api",
      "ecr.dkr",
      "kms",
      "logs",
      "monitoring",
      "secretsmanager",
      "ssm",
      "ssmmessages",
      "sts",
    ],
  },
} as const satisfies Partial<AccountInput>;

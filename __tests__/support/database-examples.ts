import type { AccountInput } from "../../environments/schema/account";

/** Each engine of `data.databases`, in each form that it has. */
export const DATABASE_EXAMPLES = {
  orders: {},
  ledger: {
    engineVersion: "17.5",
    instanceClass: "db.r7g.large",
    readers: 2,
    availabilityZones: ["a", "b", "c"],
    storageType: "aurora-iopt1",
    logicalReplication: true,
    global: {},
  },
  drivers: {
    engine: "aurora-mysql",
    readers: 1,
    logicalReplication: true,
    readerAutoScaling: { maxReaders: 4 },
    parameters: { max_connections: "500", innodb_read_io_threads: "8" },
  },
  bookings: {
    engine: "aurora-mysql",
    serverless: { minCapacity: 0, maxCapacity: 16, secondsUntilAutoPause: 900 },
  },
  "orders-past": { restoreFrom: { cluster: "live-orders", pointInTime: "2026-03-01T04:00:00Z" } },
  reports: { engine: "postgres", readers: 1, logicalReplication: true },
  rides: {
    engine: "mysql",
    instanceClass: "db.m7g.large",
    allocatedStorage: 400,
    iops: 12_000,
    storageThroughput: 500,
    logicalReplication: true,
  },
  "rides-past": {
    engine: "mysql",
    instanceClass: "db.t4g.small",
    allocatedStorage: 400,
    restoreFrom: { instance: "live-rides" },
  },
  shop: { engine: "mariadb", readers: 2 },
  booking: { engine: "sqlserver-ex", timezone: "W. Europe Standard Time" },
  billing: { engine: "sqlserver-se", collation: "Latin1_General_CI_AS", allocatedStorage: 100 },
} as const satisfies NonNullable<NonNullable<AccountInput["data"]>["databases"]>;

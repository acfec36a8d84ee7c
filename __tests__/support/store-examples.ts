import type { AccountInput } from "../../environments/schema/account";

/** Each kind of store in each form that it has, for one account: what the tiers of real stacks are run with. */
export const STORE_EXAMPLES = {
  databases: { orders: {} },
  buckets: { invoices: { archiveAfterDays: 90, expireAfterDays: 4000 } },
  fileSystems: { shared: { accessPoints: { metrics: { path: "/metrics" } } } },
  streams: { clicks: {}, meters: { shardCount: 2, retentionHours: 48, shardLevelMetrics: ["IncomingBytes"] } },
} as const satisfies NonNullable<AccountInput["data"]>;

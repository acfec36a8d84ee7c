import type { Phase } from "../../environments/schema/migration/phase";
import type { Change } from "./company";
import { evidenceFiles } from "./migrations";

const DIGEST = "a".repeat(64);

const EVERY = {
  owner: "shop@acme.example",
  changeRef: "CHG-1043",
  account: "live",
  network: { path: "vpn", vpn: "former", cidrBlocks: ["192.168.10.0/24"] },
} as const;
const REDIS = { ...EVERY, kind: "redis", description: "Keys of the shop, from the former provider" } as const;
const dualWrite = { strategy: "dual-write", decisionOwner: "cto@acme.example" } as const;
const reverseCopy = { ...dualWrite, strategy: "reverse-copy" } as const;

/** A migration of each mode, into ACME's account live. */
export const KINDS = {
  carts: {
    ...REDIS,
    id: "carts",
    mode: "client-replication",
    source: { host: "carts.former.example", version: "6.2", secret: "migration/carts-source" },
    target: { cache: "carts", secret: "migration/carts-target" },
    riot: { image: `200000000002.dkr.ecr.eu-central-1.amazonaws.com/riot@sha256:${DIGEST}` },
    databases: [0, 3],
    keyspaceNotifications: true,
    rollback: reverseCopy,
  },
  sessions: {
    ...REDIS,
    id: "sessions",
    mode: "elasticache-online",
    source: { host: "192.168.10.7", version: "6.2", tls: false },
    target: { cache: "sessions" },
    rollback: dualWrite,
  },
  prices: {
    ...REDIS,
    id: "prices",
    mode: "rdb-seed",
    source: { host: "prices.former.example", version: "6.2", secret: "migration/carts-source" },
    target: { cache: "prices" },
    rollback: dualWrite,
  },
  products: {
    ...EVERY,
    kind: "opensearch",
    id: "products",
    description: "The shop's search, from the former provider",
    mode: "snapshot",
    source: { endpoint: "https://search.former.example:9200", version: "7.10.2" },
    target: { searchDomain: "products" },
    indices: ["products-*"],
    rollback: reverseCopy,
  },
  articles: {
    ...EVERY,
    kind: "opensearch",
    id: "articles",
    description: "The magazine's search, from the former provider",
    mode: "migration-assistant",
    source: {
      endpoint: "https://search.former.example:9200",
      version: "8.11.4",
      secret: "migration/carts-source",
    },
    target: { searchDomain: "products" },
    indices: ["articles-*", "authors"],
    assistant: {
      console: `public.ecr.aws/opensearchproject/opensearch-migrations-console@sha256:${DIGEST}`,
      reindexFromSnapshot: `public.ecr.aws/opensearchproject/opensearch-migrations-reindex-from-snapshot@sha256:${DIGEST}`,
    },
    rollback: reverseCopy,
  },
} as const;

export type KindId = keyof typeof KINDS;

/** The account of all of them. */
const live = {
  network: {
    siteToSiteVpns: {
      former: { customerGateway: { ipAddress: "198.51.100.7" }, staticCidrBlocks: ["192.168.10.0/24"] },
    },
  },
  secrets: {
    "migration/carts-source": { description: "User of the former Redis" },
    "migration/carts-target": { description: "User of the new cache, for RIOT" },
  },
  data: {
    caches: {
      carts: {},
      prices: { seedFrom: ["arn:aws:s3:::acme-live-seed-prices-200000000003/prices.rdb"] },
      sessions: { onlineMigrationTarget: true, shards: 2 },
    },
    searchDomains: { products: {} },
  },
};

const WITHOUT_TLS = {
  rule: "cache-hardening",
  resource: "live-data-sessions/aws_elasticache_replication_group.store_group",
  reason: "AWS's online migration fills no cache that has TLS or users",
  owner: "shop@acme.example",
  expires: "2099-01-31",
};

/** ACME with one of them in a phase; `values` change its definition. */
export const kindIn = (id: KindId, phase: Phase, values: Readonly<Record<string, unknown>> = {}): Change => ({
  ...(id === "sessions" ? { organization: { waivers: [WITHOUT_TLS] } } : {}),
  accounts: { live },
  migrations: { [id]: { ...KINDS[id], phase, ...values } },
  files: { ...evidenceFiles(id, phase) },
});

/** ACME with all of them in one phase. */
export const allKindsIn = (phase: Phase): Change => ({
  organization: { waivers: [WITHOUT_TLS] },
  accounts: { live },
  migrations: Object.fromEntries(Object.entries(KINDS).map(([id, kind]) => [id, { ...kind, phase }])),
  files: Object.fromEntries(Object.keys(KINDS).flatMap((id) => Object.entries(evidenceFiles(id, phase)))),
});

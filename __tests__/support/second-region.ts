import type { Change } from "./company";

/** All that `live` of ACME says beside its network, so that a second region has all of it to take over. */
const SECTIONS = {
  queue: { queues: { invoices: {} } },
  data: {
    databases: { orders: {} },
    buckets: { invoices: {} },
    fileSystems: { shared: { accessPoints: { metrics: { path: "/metrics" } } } },
  },
  edge: {
    sites: { shop: { host: "shop" } },
    records: { mail: { name: "live.acme.example", type: "TXT", values: ["v=spf1 -all"] } },
  },
};

/** ACME with its account `live` once more in Ireland. */
export const IN_IRELAND: Change = {
  organization: { allowedRegions: ["eu-central-1", "eu-west-1", "us-east-1"] },
  accounts: {
    live: SECTIONS,
    "live-ireland": {
      name: "live-ireland",
      regionOf: "live",
      region: "eu-west-1",
      network: { cidrBlock: "10.21.0.0/16" },
    },
  },
  services: {
    orders: { overrides: { live: { sends: ["invoices"] } } },
    mailer: { overrides: { live: { consumes: ["invoices"] } } },
  },
};

/** The same with what differs there. */
export const irelandWith = (change: Readonly<Record<string, unknown>>): Change => ({
  ...IN_IRELAND,
  accounts: {
    ...IN_IRELAND.accounts,
    "live-ireland": { ...(IN_IRELAND.accounts?.["live-ireland"] as object), ...change },
  },
});

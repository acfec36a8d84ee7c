import type { AccountInput } from "../../../environments/schema/account";
import { auth, data, databases, edge, hosting, queue, secrets } from "../common";
import { migrationSecrets } from "../former-cloud";

export default {
  name: "live",
  id: "200000000003",
  email: "aws-live@chargemap.example",
  organizationalUnit: "production",
  preset: "live",
  network: {
    cidrBlock: "10.80.0.0/16",
    // Until the last of what the former cloud holds has moved.
    siteToSiteVpns: {
      "former-cloud": { customerGateway: { ipAddress: "203.0.113.40" }, staticCidrBlocks: ["10.20.0.0/19"] },
    },
  },
  secrets: {
    ...secrets,
    ...migrationSecrets("drivers", "engagement", "payments", "stations"),
    "migration/search-source": { description: "User that reads Elasticsearch in the former cloud" },
    "migration/sessions-source": { description: "User that reads Redis in the former cloud" },
    "migration/sessions-target": { description: "User as which RIOT fills the cache of sessions" },
  },
  queue,
  auth: { ...auth, mfa: "ON" },
  data: {
    ...data,
    databases: {
      ...databases,
      charging: { instanceClass: "db.r7g.xlarge" },
      drivers: { instanceClass: "db.r7g.large", logicalReplication: true },
      payments: { instanceClass: "db.r7g.large", logicalReplication: true },
      roaming: { instanceClass: "db.r7g.large" },
      stations: { instanceClass: "db.r7g.2xlarge", readers: 2, logicalReplication: true },
    },
    caches: { sessions: { nodeType: "cache.r7g.large" } },
    searchDomains: { places: { instanceType: "r7g.large.search", volumeSize: 200 } },
    volumes: { search: { size: 300, iops: 6000, throughput: 250 } },
  },
  edge: {
    ...edge,
    records: { mail: { name: "live.chargemap.example", type: "TXT", values: ["v=spf1 -all"] } },
  },
  hosting,
} satisfies AccountInput;

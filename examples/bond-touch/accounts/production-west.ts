import type { RegionInput } from "../../../environments/schema/region-entry";

/** Production once more, as the backup system in whose place Heroku was; Cloudflare may lead there at any time. */
export default {
  name: "production-west",
  regionOf: "production",
  region: "us-west-2",
  network: { cidrBlock: "10.43.0.0/16" },
  // The former source is production's only.
  secrets: { "migration/heroku-redis": null, "migration/presence": null },
  data: {
    memoryDatabases: { presence: { nodeType: "db.t4g.small" } },
    externalDatabases: {
      bonds: { privateLink: { serviceName: "com.amazonaws.vpce.us-west-2.vpce-svc-0f1e2d3c4b5a69788" } },
    },
  },
} satisfies RegionInput;

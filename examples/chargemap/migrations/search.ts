import type { MigrationInput } from "../../../environments/schema/migration";
import { overVpn } from "../former-cloud";

/** Elasticsearch's last free version: OpenSearch restores its snapshots. */
export default {
  kind: "opensearch",
  id: "search",
  owner: "discovery@chargemap.example",
  changeRef: "CHG-2078",
  account: "live",
  description: "Places in Elasticsearch, from the former cloud into OpenSearch",
  phase: "full-load",
  network: overVpn("10.20.24.0/27"),
  mode: "snapshot",
  source: {
    endpoint: "https://search.former-cloud.chargemap.example:9200",
    version: "7.10.2",
    secret: "migration/search-source",
  },
  target: { searchDomain: "places" },
  indices: ["places-*", "operators"],
  // The index is made anew from the stations' database within hours.
  rollback: { strategy: "reverse-copy", windowHours: 48, decisionOwner: "discovery@chargemap.example" },
} satisfies MigrationInput;

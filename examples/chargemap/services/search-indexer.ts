import type { ServiceInput } from "../../../environments/schema/service";

/** Puts changed stations into the search index. */
export default {
  name: "search-indexer",
  owner: "discovery@chargemap.example",
  kind: "worker",
  memory: 1024,
  consumes: ["search-index"],
  autoScaling: { messagesPerTask: 500 },
  searchDomains: { places: "readWrite" },
} satisfies ServiceInput;

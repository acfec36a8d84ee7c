import type { ServiceInput } from "../../../environments/schema/service";

/** Puts each changed station into the cells of the map that it is seen in. */
export default {
  name: "map-indexer",
  owner: "map@chargemap.example",
  kind: "worker",
  memory: 1024,
  databases: ["stations"],
  consumes: ["map-index"],
  autoScaling: { messagesPerTask: 500 },
} satisfies ServiceInput;

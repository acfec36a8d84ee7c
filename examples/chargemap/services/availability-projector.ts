import type { ServiceInput } from "../../../environments/schema/service";

/** Keeps how many connectors of each station are free right now. */
export default {
  name: "availability-projector",
  owner: "stations@chargemap.example",
  kind: "worker",
  databases: ["stations"],
  consumes: ["availability"],
  autoScaling: { messagesPerTask: 1000 },
} satisfies ServiceInput;

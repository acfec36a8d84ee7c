import type { ServiceInput } from "../../../environments/schema/service";

/** Writes each session down, once, in the order in which its events come. */
export default {
  name: "session-recorder",
  owner: "charging@chargemap.example",
  kind: "worker",
  memory: 1024,
  databases: ["charging"],
  consumes: ["session-records"],
  autoScaling: { messagesPerTask: 200 },
} satisfies ServiceInput;

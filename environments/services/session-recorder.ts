import type { ServiceInput } from "../schema/service";

/** Writes each charging session down, once, in the order in which its events come. */
export default {
  name: "session-recorder",
  owner: "charging@eemobility.example",
  kind: "worker",
  memory: 1024,
  consumes: ["charging-sessions"],
  databases: ["charging"],
  autoScaling: { messagesPerTask: 200 },
} satisfies ServiceInput;

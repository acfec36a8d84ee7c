import type { ServiceInput } from "../../../environments/schema/service";

/** Learns charge curves from what cars tell. */
export default {
  name: "telemetry-recorder",
  owner: "charging@chargemap.example",
  kind: "worker",
  databases: ["charging"],
  consumes: ["telemetry"],
  autoScaling: { messagesPerTask: 1000 },
} satisfies ServiceInput;

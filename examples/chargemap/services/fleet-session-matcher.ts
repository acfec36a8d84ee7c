import type { ServiceInput } from "../../../environments/schema/service";

/** Finds out for whom a session was driven. */
export default {
  name: "fleet-session-matcher",
  owner: "business@chargemap.example",
  kind: "worker",
  memory: 1024,
  databases: ["business"],
  consumes: ["fleet-sessions"],
  autoScaling: { messagesPerTask: 200 },
} satisfies ServiceInput;

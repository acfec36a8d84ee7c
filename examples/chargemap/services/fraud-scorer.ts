import type { ServiceInput } from "../../../environments/schema/service";

/** Looks at each payment as a thief would. */
export default {
  name: "fraud-scorer",
  owner: "payments@chargemap.example",
  kind: "worker",
  cpu: 1024,
  memory: 2048,
  databases: ["payments"],
  buckets: { models: "read" },
  consumes: ["fraud-checks"],
  autoScaling: { messagesPerTask: 200 },
} satisfies ServiceInput;

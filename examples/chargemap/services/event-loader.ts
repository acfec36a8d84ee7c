import type { ServiceInput } from "../../../environments/schema/service";

/** Writes everything that happened into the lake. */
export default {
  name: "event-loader",
  owner: "data@chargemap.example",
  kind: "worker",
  cpu: 512,
  memory: 2048,
  // Whoever is interrupted leaves the message to another.
  capacityProviderStrategy: [
    { capacityProvider: "FARGATE", base: 1 },
    { capacityProvider: "FARGATE_SPOT", weight: 4 },
  ],
  buckets: { lake: "readWrite" },
  consumes: ["app-events", "warehouse"],
  autoScaling: { messagesPerTask: 2000 },
} satisfies ServiceInput;

import type { ServiceInput } from "../../../environments/schema/service";

/** Builds companies' reports, which may be large. */
export default {
  name: "fleet-report-builder",
  owner: "business@chargemap.example",
  kind: "worker",
  cpu: 1024,
  memory: 4096,
  // Whoever is interrupted leaves the message to another.
  capacityProviderStrategy: [
    { capacityProvider: "FARGATE", base: 1 },
    { capacityProvider: "FARGATE_SPOT", weight: 4 },
  ],
  databases: ["business"],
  buckets: { exports: "readWrite" },
  consumes: ["fleet-reports"],
  stopTimeout: 120,
  autoScaling: { messagesPerTask: 5 },
} satisfies ServiceInput;

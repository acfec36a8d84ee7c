import type { ServiceInput } from "../../../environments/schema/service";

/** Cuts photographs to size, and blurs number plates and faces. */
export default {
  name: "photo-processor",
  owner: "community@chargemap.example",
  kind: "worker",
  cpu: 2048,
  memory: 4096,
  cpuArchitecture: "ARM64",
  // Whoever is interrupted leaves the message to another.
  capacityProviderStrategy: [
    { capacityProvider: "FARGATE", base: 1 },
    { capacityProvider: "FARGATE_SPOT", weight: 4 },
  ],
  buckets: { photos: "readWrite", models: "read" },
  consumes: ["photos-to-process"],
  autoScaling: { cpu: 75, messagesPerTask: 20 },
} satisfies ServiceInput;

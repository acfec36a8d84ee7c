import type { ServiceInput } from "../../../environments/schema/service";

/** Draws the tiles around a changed station anew; a stroke of the brush takes a whole processor. */
export default {
  name: "tile-renderer",
  owner: "map@chargemap.example",
  kind: "worker",
  cpu: 2048,
  memory: 4096,
  cpuArchitecture: "ARM64",
  // Whoever is interrupted leaves the message to another.
  capacityProviderStrategy: [
    { capacityProvider: "FARGATE", base: 1 },
    { capacityProvider: "FARGATE_SPOT", weight: 4 },
  ],
  databases: ["stations"],
  buckets: { "map-tiles": "readWrite" },
  consumes: ["tile-refresh"],
  stopTimeout: 120,
  autoScaling: { cpu: 80, messagesPerTask: 50 },
} satisfies ServiceInput;

import type { ServiceInput } from "../../../environments/schema/service";

/** Photographs in the size that a screen asks for. */
export default {
  name: "photo-server",
  owner: "community@chargemap.example",
  cpu: 512,
  memory: 1024,
  containerPort: 8080,
  cpuArchitecture: "ARM64",
  loadBalancers: [{ alb: "public", host: "photos" }],
  healthCheck: { path: "/healthz" },
  buckets: { photos: "read" },
  autoScaling: { requestsPerTarget: 4000 },
} satisfies ServiceInput;

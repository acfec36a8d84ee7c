import type { ServiceInput } from "../../../environments/schema/service";

/** Vector tiles of the map, as the renderer left them in the bucket. */
export default {
  name: "map-tiles",
  owner: "map@chargemap.example",
  cpu: 512,
  memory: 1024,
  containerPort: 8080,
  cpuArchitecture: "ARM64",
  loadBalancers: [{ alb: "public", host: "tiles" }],
  healthCheck: { path: "/healthz" },
  buckets: { "map-tiles": "read" },
  autoScaling: { requestsPerTarget: 6000 },
} satisfies ServiceInput;

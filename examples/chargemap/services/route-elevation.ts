import type { ServiceInput } from "../../../environments/schema/service";

/** Height above the sea along a road, which costs range. */
export default {
  name: "route-elevation",
  owner: "map@chargemap.example",
  cpu: 512,
  memory: 2048,
  containerPort: 8080,
  cpuArchitecture: "ARM64",
  loadBalancers: [{ alb: "internal", host: "elevation" }],
  healthCheck: { path: "/healthz" },
} satisfies ServiceInput;

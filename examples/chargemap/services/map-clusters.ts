import type { ServiceInput } from "../../../environments/schema/service";

/** Counts stations by cell and zoom level; map-api asks it for what is far away. */
export default {
  name: "map-clusters",
  owner: "map@chargemap.example",
  cpu: 1024,
  memory: 4096,
  containerPort: 8080,
  loadBalancers: [{ alb: "internal", host: "map-clusters" }],
  healthCheck: { path: "/actuator/health" },
  databases: ["stations"],
  autoScaling: { memory: 75 },
} satisfies ServiceInput;

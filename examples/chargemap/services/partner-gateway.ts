import type { ServiceInput } from "../../../environments/schema/service";

/** What car makers, satnavs and map makers call; each has a key and a quota. */
export default {
  name: "partner-gateway",
  owner: "partners@chargemap.example",
  cpu: 512,
  memory: 1024,
  containerPort: 8080,
  loadBalancers: [{ alb: "public", host: "partners", callers: "machines" }],
  healthCheck: { path: "/actuator/health" },
  databases: ["partners"],
  autoScaling: { requestsPerTarget: 2000 },
  overrides: { live: { cpu: 1024, memory: 2048, autoScaling: { minCapacity: 3, maxCapacity: 20 } } },
} satisfies ServiceInput;

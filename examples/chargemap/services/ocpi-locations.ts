import type { ServiceInput } from "../../../environments/schema/service";

/** Partners push their stations and connectors here. */
export default {
  name: "ocpi-locations",
  owner: "roaming@chargemap.example",
  cpu: 512,
  memory: 1024,
  containerPort: 8080,
  loadBalancers: [
    { alb: "public", host: "ocpi", path: "/2.2.1/locations/*", callers: "machines" },
    { alb: "internal", host: "ocpi-locations" },
  ],
  healthCheck: { path: "/actuator/health" },
  databases: ["roaming"],
  autoScaling: { requestsPerTarget: 2000 },
  overrides: { live: { autoScaling: { minCapacity: 3, maxCapacity: 18 } } },
} satisfies ServiceInput;

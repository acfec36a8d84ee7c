import type { ServiceInput } from "../../../environments/schema/service";

/** Journeys with charging stops: range, weather, traffic and taste. Holds the road network in memory. */
export default {
  name: "route-planner",
  owner: "map@chargemap.example",
  cpu: 2048,
  memory: 8192,
  containerPort: 8080,
  loadBalancers: [
    { alb: "public", host: "api", path: "/v2/routes/*", callers: "machines" },
    { alb: "internal", host: "routes" },
  ],
  healthCheck: { path: "/actuator/health" },
  healthCheckGracePeriodSeconds: 300,
  autoScaling: { cpu: 50, memory: 80 },
  overrides: { live: { cpu: 4096, memory: 16384, autoScaling: { minCapacity: 3, maxCapacity: 18 } } },
} satisfies ServiceInput;

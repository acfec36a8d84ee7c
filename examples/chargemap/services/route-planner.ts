import type { ServiceInput } from "../../../environments/schema/service";

/** Journeys with charging stops: range, weather, traffic and taste. Holds the road network in memory. */
export default {
  name: "route-planner",
  owner: "map@chargemap.example",
  cpu: 2048,
  memory: 8192,
  containerPort: 8080,
  // Downloads the night's road network, beside the tasks that drive on yesterday's.
  sidecars: {
    roads: {
      image:
        "public.ecr.aws/chargemap/road-network:2026.11@sha256:b7e1c05d2f8a4693e1d7b0c5f2a86d94713e5c0b9fa2d864c1e7035bd9f48a26",
      essential: false,
      memory: 512,
    },
  },
  loadBalancers: [
    { alb: "public", host: "api", path: "/v2/routes/*", callers: "machines" },
    { alb: "internal", host: "routes" },
  ],
  healthCheck: { path: "/actuator/health" },
  healthCheckGracePeriodSeconds: 300,
  deploymentConfiguration: {
    strategy: "LINEAR",
    linearConfiguration: { stepPercent: 25, stepBakeTimeInMinutes: 5 },
  },
  autoScaling: { cpu: 50, memory: 80 },
  overrides: { live: { cpu: 4096, memory: 16384, autoScaling: { minCapacity: 3, maxCapacity: 18 } } },
} satisfies ServiceInput;

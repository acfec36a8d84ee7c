import type { ServiceInput } from "../../../environments/schema/service";

/** Every charging station that ChargeMap knows: the one place where stations are written. */
export default {
  name: "station-catalogue",
  owner: "stations@chargemap.example",
  cpu: 512,
  memory: 2048,
  containerPort: 8080,
  loadBalancers: [
    { alb: "public", host: "api", path: "/v2/stations/*", callers: "machines" },
    { alb: "internal", host: "stations" },
  ],
  healthCheck: { path: "/actuator/health" },
  databases: ["stations"],
  publishes: ["station-changes"],
  autoScaling: { requestsPerTarget: 1500 },
  overrides: { live: { cpu: 1024, memory: 4096, autoScaling: { minCapacity: 3, maxCapacity: 15 } } },
} satisfies ServiceInput;

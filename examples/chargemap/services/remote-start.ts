import type { ServiceInput } from "../../../environments/schema/service";

/** Starts and stops a charge from the app, over whichever protocol the station speaks. */
export default {
  name: "remote-start",
  owner: "charging@chargemap.example",
  cpu: 512,
  memory: 1024,
  containerPort: 8080,
  loadBalancers: [
    { alb: "public", host: "api", path: "/v2/charges/*", callers: "machines" },
    { alb: "internal", host: "remote-start" },
  ],
  healthCheck: { path: "/actuator/health" },
  databases: ["charging"],
  alarms: { http5xxPercent: 1, latencyP95Seconds: 4 },
  deploymentConfiguration: { strategy: "BLUE_GREEN", bakeTimeInMinutes: 15 },
} satisfies ServiceInput;

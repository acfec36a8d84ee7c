import type { ServiceInput } from "../../../environments/schema/service";

/** Answers partners who ask whether a badge of ours may charge. */
export default {
  name: "ocpi-tokens",
  owner: "roaming@chargemap.example",
  cpu: 512,
  memory: 1024,
  containerPort: 8080,
  loadBalancers: [
    { alb: "public", host: "ocpi", path: "/2.2.1/tokens/*", callers: "machines" },
    { alb: "internal", host: "ocpi-tokens" },
  ],
  healthCheck: { path: "/actuator/health" },
  databases: ["roaming"],
  alarms: { latencyP95Seconds: 0.5 },
} satisfies ServiceInput;

import type { ServiceInput } from "../../../environments/schema/service";

/** Counts calls, so that nobody takes more than their share. */
export default {
  name: "rate-limiter",
  owner: "platform@chargemap.example",
  containerPort: 8080,
  cpuArchitecture: "ARM64",
  loadBalancers: [{ alb: "internal", host: "limits" }],
  healthCheck: { path: "/healthz" },
  alarms: { latencyP95Seconds: 0.1 },
} satisfies ServiceInput;

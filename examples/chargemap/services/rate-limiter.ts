import type { ServiceInput } from "../../../environments/schema/service";

/** Counts calls, so that nobody takes more than their share. */
export default {
  name: "rate-limiter",
  owner: "platform@chargemap.example",
  containerPort: 8080,
  cpu: 512,
  memory: 1024,
  cpuArchitecture: "ARM64",
  loadBalancers: [{ alb: "internal", host: "limits" }],
  serviceConnect: { enabled: true, appProtocol: "grpc", perRequestTimeout: 1 },
  healthCheck: { path: "/healthz" },
  alarms: { latencyP95Seconds: 0.1 },
  caches: ["sessions"],
} satisfies ServiceInput;

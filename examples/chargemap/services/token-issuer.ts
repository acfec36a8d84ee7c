import type { ServiceInput } from "../../../environments/schema/service";

/** Short-lived tokens that services know each other's callers by. */
export default {
  name: "token-issuer",
  owner: "accounts@chargemap.example",
  containerPort: 8080,
  cpu: 512,
  memory: 1024,
  cpuArchitecture: "ARM64",
  loadBalancers: [{ alb: "internal", host: "issuer" }],
  serviceConnect: { enabled: true },
  healthCheck: { path: "/healthz" },
  secrets: { SESSION_SIGNING: "accounts/session-signing" },
  alarms: { http5xxPercent: 0.5, latencyP95Seconds: 0.3 },
  deploymentConfiguration: { strategy: "BLUE_GREEN" },
} satisfies ServiceInput;

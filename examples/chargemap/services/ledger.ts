import type { ServiceInput } from "../../../environments/schema/service";

/** Every cent, twice. */
export default {
  name: "ledger",
  owner: "finance@chargemap.example",
  cpu: 512,
  memory: 1024,
  containerPort: 8080,
  loadBalancers: [{ alb: "internal", host: "ledger" }],
  healthCheck: { path: "/actuator/health" },
  databases: ["finance"],
  alarms: { http5xxPercent: 0.5, logErrors: 1 },
  deploymentConfiguration: { strategy: "BLUE_GREEN" },
} satisfies ServiceInput;

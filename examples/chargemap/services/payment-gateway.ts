import type { ServiceInput } from "../../../environments/schema/service";

/** The only way to the payment provider: authorises, captures, gives back. */
export default {
  name: "payment-gateway",
  owner: "payments@chargemap.example",
  cpu: 512,
  memory: 1024,
  containerPort: 8080,
  loadBalancers: [{ alb: "internal", host: "payments" }],
  healthCheck: { path: "/actuator/health" },
  databases: ["payments"],
  publishes: ["payments"],
  secrets: { PAYMENT_PROVIDER: "payments/provider" },
  alarms: { http5xxPercent: 0.5, latencyP95Seconds: 3, logErrors: 2 },
  deploymentConfiguration: { strategy: "BLUE_GREEN", bakeTimeInMinutes: 30 },
  overrides: { live: { cpu: 1024, memory: 2048, autoScaling: { minCapacity: 3, maxCapacity: 12 } } },
} satisfies ServiceInput;

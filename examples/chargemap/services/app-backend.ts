import type { ServiceInput } from "../../../environments/schema/service";

/** The first thing the iOS and Android apps ask: one request a screen. */
export default {
  name: "app-backend",
  owner: "platform@chargemap.example",
  cpu: 512,
  memory: 1024,
  containerPort: 8080,
  loadBalancers: [{ alb: "public", host: "app", callers: "machines" }],
  autoScaling: { requestsPerTarget: 2000 },
  deploymentConfiguration: {
    strategy: "CANARY",
    canaryConfiguration: { canaryPercent: 2, canaryBakeTimeInMinutes: 20 },
  },
  overrides: { live: { cpu: 1024, memory: 2048, autoScaling: { minCapacity: 4, maxCapacity: 30 } } },
} satisfies ServiceInput;

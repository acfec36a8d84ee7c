import type { ServiceInput } from "../../../environments/schema/service";

/** Drivers: who they are, and what they want to be called. */
export default {
  name: "driver-accounts",
  owner: "accounts@chargemap.example",
  cpu: 512,
  memory: 1024,
  containerPort: 8080,
  initContainers: { migrate: { command: ["bin/migrate"], startTimeout: 120 } },
  loadBalancers: [
    { alb: "public", host: "api", path: "/v2/me/*", callers: "machines" },
    { alb: "internal", host: "drivers" },
  ],
  databases: ["drivers"],
  publishes: ["drivers"],
  deploymentConfiguration: { strategy: "BLUE_GREEN" },
  autoScaling: { requestsPerTarget: 1500 },
} satisfies ServiceInput;

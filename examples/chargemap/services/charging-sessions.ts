import type { ServiceInput } from "../../../environments/schema/service";

/** Sessions from plug to receipt; all other services ask it for them. */
export default {
  name: "charging-sessions",
  owner: "charging@chargemap.example",
  cpu: 512,
  memory: 2048,
  containerPort: 8080,
  initContainers: { migrate: { command: ["java", "-jar", "/app/migrate.jar"], startTimeout: 120 } },
  loadBalancers: [
    { alb: "public", host: "api", path: "/v2/sessions/*", callers: "machines" },
    { alb: "internal", host: "sessions" },
  ],
  healthCheck: { path: "/actuator/health" },
  databases: ["charging"],
  publishes: ["charging-sessions"],
  deploymentConfiguration: { strategy: "BLUE_GREEN" },
  autoScaling: { requestsPerTarget: 1200 },
  overrides: { live: { cpu: 1024, memory: 4096, autoScaling: { minCapacity: 4, maxCapacity: 20 } } },
} satisfies ServiceInput;

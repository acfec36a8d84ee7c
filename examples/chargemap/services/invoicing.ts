import type { ServiceInput } from "../../../environments/schema/service";

/** Invoices of drivers and companies, numbered without a gap. */
export default {
  name: "invoicing",
  owner: "finance@chargemap.example",
  cpu: 512,
  memory: 1024,
  containerPort: 8080,
  initContainers: { migrate: { command: ["java", "-jar", "/app/migrate.jar"], startTimeout: 120 } },
  loadBalancers: [{ alb: "internal", host: "invoices" }],
  healthCheck: { path: "/actuator/health" },
  databases: ["finance"],
  sends: ["invoices-to-render"],
  publishes: ["invoices"],
  deploymentConfiguration: { strategy: "BLUE_GREEN" },
} satisfies ServiceInput;

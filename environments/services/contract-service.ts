import type { ServiceInput } from "../schema/service";

/** Contracts of fleets; only other services ask it. */
export default {
  name: "contract-service",
  owner: "billing@eemobility.example",
  cpu: 512,
  memory: 1024,
  containerPort: 8080,
  loadBalancers: [{ alb: "internal", host: "contracts" }],
  healthCheck: { path: "/actuator/health" },
  databases: ["business"],
} satisfies ServiceInput;

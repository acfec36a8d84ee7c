import type { ServiceInput } from "../../../environments/schema/service";

/** What each operator asks for a kilowatt hour, a minute, a start. */
export default {
  name: "tariff-catalogue",
  owner: "pricing@chargemap.example",
  cpu: 512,
  memory: 1024,
  containerPort: 8080,
  loadBalancers: [{ alb: "internal", host: "tariffs" }],
  healthCheck: { path: "/actuator/health" },
  databases: ["pricing"],
  publishes: ["tariffs"],
} satisfies ServiceInput;

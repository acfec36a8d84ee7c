import type { ServiceInput } from "../../../environments/schema/service";

/** How much may be charged, by branch and month. */
export default {
  name: "fleet-budgets",
  owner: "business@chargemap.example",
  containerPort: 8080,
  loadBalancers: [{ alb: "internal", host: "budgets" }],
  databases: ["business"],
} satisfies ServiceInput;

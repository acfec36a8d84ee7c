import type { ServiceInput } from "../../../environments/schema/service";

/** Direct debits of companies. */
export default {
  name: "sepa-mandates",
  owner: "payments@chargemap.example",
  containerPort: 8080,
  loadBalancers: [{ alb: "internal", host: "mandates" }],
  databases: ["payments"],
} satisfies ServiceInput;

import type { ServiceInput } from "../../../environments/schema/service";

/** Decides which sessions are paid back. */
export default {
  name: "refunds",
  owner: "payments@chargemap.example",
  containerPort: 8080,
  loadBalancers: [{ alb: "internal", host: "refunds" }],
  databases: ["payments"],
  sends: ["refund-orders"],
} satisfies ServiceInput;

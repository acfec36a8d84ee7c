import type { ServiceInput } from "../schema/service";

/** Collects what invoices say. */
export default {
  name: "payment-service",
  owner: "billing@eemobility.example",
  memory: 1024,
  containerPort: 8080,
  loadBalancers: [{ alb: "internal", host: "payments" }],
  databases: ["business"],
  sends: ["notifications"],
  secrets: { PAYMENT_PROVIDER_API: "billing/payment-provider" },
} satisfies ServiceInput;

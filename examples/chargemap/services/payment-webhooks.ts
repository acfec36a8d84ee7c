import type { ServiceInput } from "../../../environments/schema/service";

/** What the payment provider calls when a payment has an end. */
export default {
  name: "payment-webhooks",
  owner: "payments@chargemap.example",
  containerPort: 8080,
  loadBalancers: [{ alb: "public", host: "hooks", path: "/payments/*", callers: "machines" }],
  databases: ["payments"],
  publishes: ["payments"],
  secrets: { PAYMENT_PROVIDER_WEBHOOKS: "payments/provider-webhooks" },
} satisfies ServiceInput;

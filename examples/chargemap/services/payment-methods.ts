import type { ServiceInput } from "../../../environments/schema/service";

/** Cards, wallets and mandates of a driver; numbers stay with the provider. */
export default {
  name: "payment-methods",
  owner: "payments@chargemap.example",
  containerPort: 8080,
  loadBalancers: [
    { alb: "public", host: "api", path: "/v2/payment-methods/*", callers: "machines" },
    { alb: "internal", host: "payment-methods" },
  ],
  databases: ["payments"],
  deploymentConfiguration: { strategy: "BLUE_GREEN" },
} satisfies ServiceInput;

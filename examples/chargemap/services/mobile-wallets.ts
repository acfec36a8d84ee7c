import type { ServiceInput } from "../../../environments/schema/service";

/** Apple Pay and Google Pay. */
export default {
  name: "mobile-wallets",
  owner: "payments@chargemap.example",
  containerPort: 8080,
  loadBalancers: [
    { alb: "public", host: "api", path: "/v2/mobile-wallets/*", callers: "machines" },
    { alb: "internal", host: "mobile-wallets" },
  ],
  databases: ["payments"],
  secrets: { MERCHANT_IDENTITY: "payments/merchant-identity" },
} satisfies ServiceInput;

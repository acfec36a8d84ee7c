import type { ServiceInput } from "../../../environments/schema/service";

/** Money that drivers keep with ChargeMap. */
export default {
  name: "wallet",
  owner: "payments@chargemap.example",
  containerPort: 8080,
  loadBalancers: [
    { alb: "public", host: "api", path: "/v2/wallet/*", callers: "machines" },
    { alb: "internal", host: "wallet" },
  ],
  databases: ["payments"],
  deploymentConfiguration: { strategy: "BLUE_GREEN" },
} satisfies ServiceInput;

import type { ServiceInput } from "../../../environments/schema/service";

/** Gift cards and codes of partners. */
export default {
  name: "voucher-codes",
  owner: "pricing@chargemap.example",
  containerPort: 8080,
  loadBalancers: [
    { alb: "public", host: "api", path: "/v2/vouchers/*", callers: "machines" },
    { alb: "internal", host: "vouchers" },
  ],
  databases: ["pricing"],
} satisfies ServiceInput;

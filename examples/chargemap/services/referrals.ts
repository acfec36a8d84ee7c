import type { ServiceInput } from "../../../environments/schema/service";

/** A charge for free, for whoever brings a friend. */
export default {
  name: "referrals",
  owner: "accounts@chargemap.example",
  containerPort: 8080,
  loadBalancers: [{ alb: "internal", host: "referrals" }],
  databases: ["drivers"],
} satisfies ServiceInput;

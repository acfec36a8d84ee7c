import type { ServiceInput } from "../../../environments/schema/service";

/** Monthly passes: what is in them, who has one. */
export default {
  name: "subscription-plans",
  owner: "pricing@chargemap.example",
  containerPort: 8080,
  loadBalancers: [{ alb: "internal", host: "plans" }],
  databases: ["pricing"],
  publishes: ["subscriptions"],
} satisfies ServiceInput;

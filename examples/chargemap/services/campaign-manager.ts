import type { ServiceInput } from "../../../environments/schema/service";

/** Where marketing plans; they sign in at the door. */
export default {
  name: "campaign-manager",
  owner: "engagement@chargemap.example",
  containerPort: 8080,
  loadBalancers: [{ alb: "public", host: "campaigns", authenticate: true }],
  databases: ["engagement"],
} satisfies ServiceInput;

import type { ServiceInput } from "../../../environments/schema/service";

/** Points, and what they can be changed for. */
export default {
  name: "loyalty-points",
  owner: "accounts@chargemap.example",
  containerPort: 8080,
  loadBalancers: [{ alb: "internal", host: "loyalty" }],
  databases: ["drivers"],
} satisfies ServiceInput;

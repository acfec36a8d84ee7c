import type { ServiceInput } from "../../../environments/schema/service";

/** Who checked in most, by town and by month. */
export default {
  name: "leaderboards",
  owner: "community@chargemap.example",
  containerPort: 8080,
  loadBalancers: [{ alb: "internal", host: "leaderboards" }],
  databases: ["community"],
} satisfies ServiceInput;

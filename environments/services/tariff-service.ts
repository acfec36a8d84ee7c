import type { ServiceInput } from "../schema/service";

/** What a kilowatt hour costs, for whom and when. */
export default {
  name: "tariff-service",
  owner: "billing@eemobility.example",
  containerPort: 8080,
  loadBalancers: [{ alb: "internal", host: "tariffs" }],
  databases: ["business"],
} satisfies ServiceInput;

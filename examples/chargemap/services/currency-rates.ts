import type { ServiceInput } from "../../../environments/schema/service";

/** One euro in crowns, francs, pounds and zlotys. */
export default {
  name: "currency-rates",
  owner: "pricing@chargemap.example",
  containerPort: 8080,
  loadBalancers: [{ alb: "internal", host: "currencies" }],
  healthCheck: { path: "/healthz" },
  databases: ["pricing"],
} satisfies ServiceInput;

import type { ServiceInput } from "../../../environments/schema/service";

/** Value-added tax by country, region and day. */
export default {
  name: "tax-rates",
  owner: "pricing@chargemap.example",
  containerPort: 8080,
  loadBalancers: [{ alb: "internal", host: "taxes" }],
  secrets: { TAX_SERVICE: "finance/tax-service" },
} satisfies ServiceInput;

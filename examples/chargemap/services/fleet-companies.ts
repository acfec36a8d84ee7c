import type { ServiceInput } from "../../../environments/schema/service";

/** Companies and their branches. */
export default {
  name: "fleet-companies",
  owner: "business@chargemap.example",
  containerPort: 8080,
  loadBalancers: [{ alb: "internal", host: "companies" }],
  databases: ["business"],
} satisfies ServiceInput;

import type { ServiceInput } from "../../../environments/schema/service";

/** Where and when drivers of a company may charge. */
export default {
  name: "fleet-policies",
  owner: "business@chargemap.example",
  containerPort: 8080,
  loadBalancers: [{ alb: "internal", host: "policies" }],
  databases: ["business"],
} satisfies ServiceInput;

import type { ServiceInput } from "../../../environments/schema/service";

/** Contracts with networks: who may charge where. */
export default {
  name: "roaming-partners",
  owner: "roaming@chargemap.example",
  containerPort: 8080,
  loadBalancers: [{ alb: "internal", host: "roaming-partners" }],
  databases: ["roaming"],
} satisfies ServiceInput;

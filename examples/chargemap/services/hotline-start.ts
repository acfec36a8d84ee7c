import type { ServiceInput } from "../../../environments/schema/service";

/** Lets the hotline start a charge for a driver whose phone is empty. */
export default {
  name: "hotline-start",
  owner: "support@chargemap.example",
  containerPort: 8080,
  loadBalancers: [{ alb: "internal", host: "hotline" }],
  databases: ["support"],
} satisfies ServiceInput;

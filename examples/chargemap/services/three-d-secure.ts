import type { ServiceInput } from "../../../environments/schema/service";

/** Sends a driver to the bank and back again. */
export default {
  name: "three-d-secure",
  owner: "payments@chargemap.example",
  containerPort: 8080,
  loadBalancers: [{ alb: "public", host: "pay", path: "/3ds/*" }],
  databases: ["payments"],
} satisfies ServiceInput;

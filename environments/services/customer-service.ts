import type { ServiceInput } from "../schema/service";

/** Customers and what they agreed to. */
export default {
  name: "customer-service",
  owner: "customers@eemobility.example",
  memory: 1024,
  containerPort: 8080,
  loadBalancers: [{ alb: "internal", host: "customers" }],
  databases: ["business"],
  sends: ["notifications"],
} satisfies ServiceInput;

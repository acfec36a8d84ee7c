import type { ServiceInput } from "../../../environments/schema/service";

/** Whether an address is the driver's own. */
export default {
  name: "email-verification",
  owner: "accounts@chargemap.example",
  containerPort: 8080,
  loadBalancers: [{ alb: "internal", host: "email-verification" }],
  databases: ["drivers"],
  sends: ["mail"],
} satisfies ServiceInput;

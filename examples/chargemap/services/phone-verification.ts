import type { ServiceInput } from "../../../environments/schema/service";

/** Whether a number is the driver's own. */
export default {
  name: "phone-verification",
  owner: "accounts@chargemap.example",
  containerPort: 8080,
  loadBalancers: [{ alb: "internal", host: "phone-verification" }],
  databases: ["drivers"],
  sends: ["sms"],
} satisfies ServiceInput;

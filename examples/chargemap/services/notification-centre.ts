import type { ServiceInput } from "../../../environments/schema/service";

/** Decides who is told what, when and over which channel. */
export default {
  name: "notification-centre",
  owner: "engagement@chargemap.example",
  cpu: 512,
  memory: 1024,
  containerPort: 8080,
  loadBalancers: [{ alb: "internal", host: "notifications" }],
  databases: ["engagement"],
  sends: ["push", "mail", "sms"],
} satisfies ServiceInput;

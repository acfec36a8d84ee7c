import type { ServiceInput } from "../../../environments/schema/service";

/** Where the finance team looks, corrects and closes; they sign in at the door. */
export default {
  name: "finance-office",
  owner: "finance@chargemap.example",
  containerPort: 8080,
  loadBalancers: [{ alb: "public", host: "finance", authenticate: true }],
  databases: ["finance"],
  buckets: { invoices: "read" },
} satisfies ServiceInput;

import type { ServiceInput } from "../schema/service";

/** What customer service and station operators work with; they sign in at the door. */
export default {
  name: "back-office",
  owner: "apps@eemobility.example",
  memory: 1024,
  containerPort: 8080,
  loadBalancers: [{ alb: "public", host: "backoffice", authenticate: true }],
  buckets: { invoices: "read" },
} satisfies ServiceInput;

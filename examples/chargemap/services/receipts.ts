import type { ServiceInput } from "../../../environments/schema/service";

/** Receipts on the driver's screen. */
export default {
  name: "receipts",
  owner: "finance@chargemap.example",
  containerPort: 8080,
  loadBalancers: [
    { alb: "public", host: "api", path: "/v2/receipts/*", callers: "machines" },
    { alb: "internal", host: "receipts" },
  ],
  databases: ["finance"],
  buckets: { invoices: "read" },
} satisfies ServiceInput;

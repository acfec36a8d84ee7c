import type { ServiceInput } from "../../../environments/schema/service";

/** Orders of ChargeMap Passes, the badges that open stations. */
export default {
  name: "badge-orders",
  owner: "charging@chargemap.example",
  containerPort: 8080,
  loadBalancers: [
    { alb: "public", host: "api", path: "/v2/badges/*", callers: "machines" },
    { alb: "internal", host: "badge-orders" },
  ],
  databases: ["drivers"],
  sends: ["badge-shipments"],
} satisfies ServiceInput;

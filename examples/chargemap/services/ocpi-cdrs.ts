import type { ServiceInput } from "../../../environments/schema/service";

/** Charge detail records: what a partner wants to be paid for. */
export default {
  name: "ocpi-cdrs",
  owner: "roaming@chargemap.example",
  cpu: 512,
  memory: 1024,
  containerPort: 8080,
  loadBalancers: [
    { alb: "public", host: "ocpi", path: "/2.2.1/cdrs/*", callers: "machines" },
    { alb: "internal", host: "ocpi-cdrs" },
  ],
  healthCheck: { path: "/actuator/health" },
  databases: ["roaming"],
  publishes: ["charge-detail-records"],
} satisfies ServiceInput;

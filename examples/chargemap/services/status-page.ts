import type { ServiceInput } from "../../../environments/schema/service";

/** Whether ChargeMap is up; also for those who cannot reach it. */
export default {
  name: "status-page",
  owner: "platform@chargemap.example",
  containerPort: 8080,
  loadBalancers: [{ alb: "public", host: "status" }],
  healthCheck: { path: "/healthz" },
} satisfies ServiceInput;

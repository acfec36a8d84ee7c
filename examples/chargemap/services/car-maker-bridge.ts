import type { ServiceInput } from "../../../environments/schema/service";

/** Cars that show ChargeMap in the dashboard. */
export default {
  name: "car-maker-bridge",
  owner: "partners@chargemap.example",
  cpu: 512,
  memory: 1024,
  containerPort: 8080,
  loadBalancers: [{ alb: "public", host: "partners", path: "/cars/*", callers: "machines" }],
  healthCheck: { path: "/actuator/health" },
  databases: ["partners"],
  secrets: { CAR_MAKERS: "partners/car-makers" },
} satisfies ServiceInput;

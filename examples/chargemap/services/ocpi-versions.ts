import type { ServiceInput } from "../../../environments/schema/service";

/** Which versions of OCPI a partner may speak with us. */
export default {
  name: "ocpi-versions",
  owner: "roaming@chargemap.example",
  containerPort: 8080,
  loadBalancers: [{ alb: "public", host: "ocpi", path: "/versions*", callers: "machines" }],
  healthCheck: { path: "/actuator/health" },
  databases: ["roaming"],
} satisfies ServiceInput;

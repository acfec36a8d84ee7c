import type { ServiceInput } from "../../../environments/schema/service";

/** Smart charging across networks. */
export default {
  name: "ocpi-profiles",
  owner: "roaming@chargemap.example",
  containerPort: 8080,
  loadBalancers: [
    { alb: "public", host: "ocpi", path: "/2.2.1/chargingprofiles/*", callers: "machines" },
    { alb: "internal", host: "ocpi-profiles" },
  ],
  healthCheck: { path: "/actuator/health" },
  databases: ["roaming"],
} satisfies ServiceInput;

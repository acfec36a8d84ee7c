import type { ServiceInput } from "../../../environments/schema/service";

/** Partners' tariffs, as they come. */
export default {
  name: "ocpi-tariffs",
  owner: "roaming@chargemap.example",
  containerPort: 8080,
  loadBalancers: [
    { alb: "public", host: "ocpi", path: "/2.2.1/tariffs/*", callers: "machines" },
    { alb: "internal", host: "ocpi-tariffs" },
  ],
  healthCheck: { path: "/actuator/health" },
  databases: ["roaming"],
} satisfies ServiceInput;

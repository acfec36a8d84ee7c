import type { ServiceInput } from "../../../environments/schema/service";

/** Which partners of a hub are reachable just now. */
export default {
  name: "ocpi-hub-clients",
  owner: "roaming@chargemap.example",
  containerPort: 8080,
  loadBalancers: [
    { alb: "public", host: "ocpi", path: "/2.2.1/hubclientinfo/*", callers: "machines" },
    { alb: "internal", host: "ocpi-hub-clients" },
  ],
  healthCheck: { path: "/actuator/health" },
  databases: ["roaming"],
} satisfies ServiceInput;

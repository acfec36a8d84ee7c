import type { ServiceInput } from "../../../environments/schema/service";

/** Partners tell of sessions of our drivers at their stations. */
export default {
  name: "ocpi-sessions",
  owner: "roaming@chargemap.example",
  cpu: 512,
  memory: 1024,
  containerPort: 8080,
  loadBalancers: [
    { alb: "public", host: "ocpi", path: "/2.2.1/sessions/*", callers: "machines" },
    { alb: "internal", host: "ocpi-sessions" },
  ],
  healthCheck: { path: "/actuator/health" },
  databases: ["roaming"],
} satisfies ServiceInput;

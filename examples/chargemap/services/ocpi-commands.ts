import type { ServiceInput } from "../../../environments/schema/service";

/** Starts, stops, unlocks and reserves at partners' stations. */
export default {
  name: "ocpi-commands",
  owner: "roaming@chargemap.example",
  containerPort: 8080,
  loadBalancers: [
    { alb: "public", host: "ocpi", path: "/2.2.1/commands/*", callers: "machines" },
    { alb: "internal", host: "ocpi-commands" },
  ],
  healthCheck: { path: "/actuator/health" },
  databases: ["roaming"],
} satisfies ServiceInput;

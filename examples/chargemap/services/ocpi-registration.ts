import type { ServiceInput } from "../../../environments/schema/service";

/** Shakes hands with a new partner and exchanges the tokens. */
export default {
  name: "ocpi-registration",
  owner: "roaming@chargemap.example",
  containerPort: 8080,
  loadBalancers: [
    { alb: "public", host: "ocpi", path: "/2.2.1/credentials*", callers: "machines" },
    { alb: "internal", host: "ocpi-registration" },
  ],
  healthCheck: { path: "/actuator/health" },
  databases: ["roaming"],
  secrets: { REGISTRATION: "roaming/ocpi-registration" },
} satisfies ServiceInput;

import type { ServiceInput } from "../../../environments/schema/service";

/** Cars, batteries and plugs. */
export default {
  name: "vehicle-catalogue",
  owner: "charging@chargemap.example",
  containerPort: 8080,
  loadBalancers: [
    { alb: "public", host: "api", path: "/v2/vehicles/*", callers: "machines" },
    { alb: "internal", host: "vehicles" },
  ],
  healthCheck: { path: "/healthz" },
  databases: ["charging"],
} satisfies ServiceInput;

import type { ServiceInput } from "../../../environments/schema/service";

/** A map for hotels' and shops' own sites. */
export default {
  name: "widget-server",
  owner: "partners@chargemap.example",
  containerPort: 8080,
  cpuArchitecture: "ARM64",
  loadBalancers: [{ alb: "public", host: "widgets" }],
  healthCheck: { path: "/healthz" },
} satisfies ServiceInput;

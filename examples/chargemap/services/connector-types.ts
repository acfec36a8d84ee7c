import type { ServiceInput } from "../../../environments/schema/service";

/** Plugs, powers and which car takes which: reference data that all services ask for. */
export default {
  name: "connector-types",
  owner: "stations@chargemap.example",
  containerPort: 8080,
  cpuArchitecture: "ARM64",
  loadBalancers: [{ alb: "internal", host: "connectors" }],
  healthCheck: { path: "/healthz" },
} satisfies ServiceInput;

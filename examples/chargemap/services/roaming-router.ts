import type { ServiceInput } from "../../../environments/schema/service";

/** Finds the way to a station: a direct partner or a hub, and which. */
export default {
  name: "roaming-router",
  owner: "roaming@chargemap.example",
  cpu: 512,
  memory: 1024,
  containerPort: 8080,
  cpuArchitecture: "ARM64",
  loadBalancers: [{ alb: "internal", host: "roaming-router" }],
  serviceConnect: { enabled: true },
  healthCheck: { path: "/healthz" },
  databases: ["roaming"],
  sends: ["roaming-outbound"],
} satisfies ServiceInput;

import type { ServiceInput } from "../../../environments/schema/service";

/** Who sees what is new. */
export default {
  name: "feature-flags",
  owner: "data@chargemap.example",
  containerPort: 8080,
  cpuArchitecture: "ARM64",
  loadBalancers: [{ alb: "internal", host: "flags" }],
  healthCheck: { path: "/healthz" },
  databases: ["engagement"],
} satisfies ServiceInput;

import type { ServiceInput } from "../../../environments/schema/service";

/** Says within a tenth of a second whether a badge may charge. */
export default {
  name: "badge-authority",
  owner: "charging@chargemap.example",
  cpu: 512,
  memory: 1024,
  containerPort: 8080,
  cpuArchitecture: "ARM64",
  loadBalancers: [{ alb: "internal", host: "badges" }],
  serviceConnect: { enabled: true, appProtocol: "grpc" },
  healthCheck: { path: "/healthz" },
  databases: ["charging"],
  alarms: { http5xxPercent: 0.5, latencyP95Seconds: 0.2 },
  deploymentConfiguration: { strategy: "BLUE_GREEN" },
  overrides: { live: { autoScaling: { minCapacity: 4, maxCapacity: 16 } } },
} satisfies ServiceInput;

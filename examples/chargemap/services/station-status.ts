import type { ServiceInput } from "../../../environments/schema/service";

/** Takes in what operators say of each connector: free, busy, broken. */
export default {
  name: "station-status",
  owner: "stations@chargemap.example",
  cpu: 512,
  memory: 1024,
  containerPort: 8080,
  cpuArchitecture: "ARM64",
  loadBalancers: [{ alb: "internal", host: "station-status" }],
  healthCheck: { path: "/healthz" },
  publishes: ["station-status"],
  autoScaling: { requestsPerTarget: 4000 },
} satisfies ServiceInput;

import type { ServiceInput } from "../schema/service";

/** Prometheus: asks every service how it is; its series outlive its task. */
export default {
  name: "monitoring",
  owner: "platform@eemobility.example",
  accounts: ["live", "qa", "development"],
  cpu: 512,
  memory: 2048,
  containerPort: 9090,
  loadBalancers: [{ alb: "internal", host: "monitoring" }],
  healthCheck: { path: "/-/healthy" },
  volumes: { series: { fileSystem: "shared", accessPoint: "monitoring", mountPath: "/prometheus" } },
  // Two at once would write the same series.
  deploymentConfiguration: { minimumHealthyPercent: 0, maximumPercent: 100 },
  autoScaling: { minCapacity: 1, maxCapacity: 1 },
} satisfies ServiceInput;

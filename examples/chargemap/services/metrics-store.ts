import type { ServiceInput } from "../../../environments/schema/service";

/** Prometheus: asks every service how it is; its series outlive its task. */
export default {
  name: "metrics-store",
  owner: "platform@chargemap.example",
  accounts: ["live", "qa", "development"],
  cpu: 1024,
  memory: 4096,
  containerPort: 9090,
  loadBalancers: [{ alb: "internal", host: "metrics" }],
  healthCheck: { path: "/-/healthy" },
  volumes: { series: { fileSystem: "shared", accessPoint: "metrics", mountPath: "/prometheus" } },
  // Two at once would write the same series.
  deploymentConfiguration: { minimumHealthyPercent: 0, maximumPercent: 100 },
  autoScaling: { minCapacity: 1, maxCapacity: 1 },
} satisfies ServiceInput;

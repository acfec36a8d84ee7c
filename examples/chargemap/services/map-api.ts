import type { ServiceInput } from "../../../environments/schema/service";

/** What the apps and the site draw the map from: the stations of a view, gathered by zoom. */
export default {
  name: "map-api",
  owner: "map@chargemap.example",
  cpu: 512,
  memory: 1024,
  containerPort: 8080,
  loadBalancers: [
    { alb: "public", host: "api", path: "/v2/map/*", callers: "machines" },
    { alb: "internal", host: "map" },
  ],
  databases: ["stations"],
  logConfiguration: { destination: "cloudwatch", excludePattern: "GET /health" },
  deploymentConfiguration: { strategy: "CANARY" },
  autoScaling: { requestsPerTarget: 2500 },
  overrides: { live: { cpu: 1024, memory: 2048, autoScaling: { minCapacity: 4, maxCapacity: 24 } } },
} satisfies ServiceInput;

import type { ServiceInput } from "../../../environments/schema/service";

/** What this charge will cost, before it begins. */
export default {
  name: "price-estimator",
  owner: "pricing@chargemap.example",
  cpu: 512,
  memory: 1024,
  containerPort: 8080,
  loadBalancers: [
    { alb: "public", host: "api", path: "/v2/prices/*", callers: "machines" },
    { alb: "internal", host: "price-estimates" },
  ],
  databases: ["pricing"],
  deploymentConfiguration: { strategy: "LINEAR" },
  autoScaling: { requestsPerTarget: 3000 },
} satisfies ServiceInput;

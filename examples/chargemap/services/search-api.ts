import type { ServiceInput } from "../../../environments/schema/service";

/** One box for stations, towns, addresses and networks. */
export default {
  name: "search-api",
  owner: "discovery@chargemap.example",
  cpu: 512,
  memory: 1024,
  containerPort: 8080,
  loadBalancers: [
    { alb: "public", host: "api", path: "/v2/search/*", callers: "machines" },
    { alb: "internal", host: "search" },
  ],
  deploymentConfiguration: { strategy: "CANARY" },
  autoScaling: { requestsPerTarget: 2000 },
} satisfies ServiceInput;

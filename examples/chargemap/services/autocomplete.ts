import type { ServiceInput } from "../../../environments/schema/service";

/** Guesses the word before it is written. */
export default {
  name: "autocomplete",
  owner: "discovery@chargemap.example",
  cpu: 512,
  memory: 1024,
  containerPort: 8080,
  cpuArchitecture: "ARM64",
  loadBalancers: [
    { alb: "public", host: "api", path: "/v2/autocomplete/*", callers: "machines" },
    { alb: "internal", host: "autocomplete" },
  ],
  healthCheck: { path: "/healthz" },
  autoScaling: { requestsPerTarget: 5000 },
  searchDomains: { places: "read" },
} satisfies ServiceInput;

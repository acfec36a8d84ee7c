import type { ServiceInput } from "../../../environments/schema/service";

/** What car makers, satnavs and map makers call; each has a key and a quota. */
export default {
  name: "partner-gateway",
  owner: "partners@chargemap.example",
  cpu: 512,
  memory: 1024,
  containerPort: 8080,
  loadBalancers: [
    { alb: "public", host: "partners", callers: "machines" },
    { alb: "internal", host: "partner-gateway" },
  ],
  // Decides by the partners team's own rules; no answer of it is a no.
  sidecars: {
    policies: {
      image:
        "public.ecr.aws/chargemap/policy-agent:1.4.2@sha256:4f0c7d3a91b25e68f7a0d1c94be2365f8d7a1b0ce4935f2d86a7c1e05b3f9d24",
      memory: 128,
      ports: [8181],
      healthCheck: { command: ["/agent", "health"] },
    },
  },
  dependsOn: { policies: "HEALTHY" },
  healthCheck: { path: "/actuator/health" },
  databases: ["partners"],
  autoScaling: { requestsPerTarget: 2000 },
  overrides: { live: { cpu: 1024, memory: 2048, autoScaling: { minCapacity: 3, maxCapacity: 20 } } },
} satisfies ServiceInput;

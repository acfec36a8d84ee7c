import type { ServiceInput } from "../../../environments/schema/service";

/** Speaks OICP with the Hubject hub. */
export default {
  name: "oicp-adapter",
  owner: "roaming@chargemap.example",
  cpu: 512,
  memory: 1024,
  containerPort: 8080,
  loadBalancers: [
    { alb: "public", host: "oicp", callers: "machines" },
    { alb: "internal", host: "oicp" },
  ],
  healthCheck: { path: "/actuator/health" },
  databases: ["roaming"],
  secrets: { HUB_CERTIFICATE: "roaming/hubject" },
} satisfies ServiceInput;

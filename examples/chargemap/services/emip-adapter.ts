import type { ServiceInput } from "../../../environments/schema/service";

/** Speaks eMIP with the Gireve hub. */
export default {
  name: "emip-adapter",
  owner: "roaming@chargemap.example",
  cpu: 512,
  memory: 1024,
  containerPort: 8080,
  loadBalancers: [
    { alb: "public", host: "emip", callers: "machines" },
    { alb: "internal", host: "emip" },
  ],
  healthCheck: { path: "/actuator/health" },
  databases: ["roaming"],
  secrets: { HUB_ACCOUNT: "roaming/gireve" },
} satisfies ServiceInput;

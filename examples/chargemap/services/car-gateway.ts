import type { ServiceInput } from "../../../environments/schema/service";

/** What CarPlay and Android Auto talk to: small answers, large buttons. */
export default {
  name: "car-gateway",
  owner: "map@chargemap.example",
  memory: 1024,
  containerPort: 8080,
  loadBalancers: [{ alb: "public", host: "api", path: "/v2/car/*", callers: "machines" }],
  autoScaling: { requestsPerTarget: 1800 },
} satisfies ServiceInput;

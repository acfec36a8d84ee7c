import type { ServiceInput } from "../../../environments/schema/service";

/** Travel times of the next hours, from the traffic provider. */
export default {
  name: "route-traffic",
  owner: "map@chargemap.example",
  containerPort: 8080,
  loadBalancers: [{ alb: "internal", host: "traffic" }],
  secrets: { TRAFFIC_PROVIDER: "map/traffic-provider" },
} satisfies ServiceInput;

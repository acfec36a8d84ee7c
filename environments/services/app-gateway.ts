import type { ServiceInput } from "../schema/service";

/** What the iOS and Android apps talk to; they bring a token of the user pool. */
export default {
  name: "app-gateway",
  owner: "apps@eemobility.example",
  memory: 1024,
  containerPort: 8080,
  loadBalancers: [{ alb: "public", host: "api", callers: "machines" }],
  autoScaling: { requestsPerTarget: 2000 },
} satisfies ServiceInput;

import type { ServiceInput } from "../../../environments/schema/service";

/** Holds the WebSocket connections over which apps see connectors become free. */
export default {
  name: "status-stream",
  owner: "stations@chargemap.example",
  cpu: 512,
  memory: 2048,
  containerPort: 9000,
  loadBalancers: [
    {
      alb: "public",
      host: "live",
      path: "/stations/*",
      callers: "machines",
      idleTimeout: 300,
      stickiness: { cookieDuration: 3600 },
    },
  ],
  deregistrationDelay: 600,
  stopTimeout: 120,
  autoScaling: { cpu: 50, memory: 65 },
  overrides: { live: { autoScaling: { minCapacity: 4, maxCapacity: 30 } } },
} satisfies ServiceInput;

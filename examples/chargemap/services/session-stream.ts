import type { ServiceInput } from "../../../environments/schema/service";

/** Kilowatts on the driver's screen while the car charges: a WebSocket a session. */
export default {
  name: "session-stream",
  owner: "charging@chargemap.example",
  cpu: 512,
  memory: 1024,
  containerPort: 9000,
  loadBalancers: [
    {
      alb: "public",
      host: "live",
      path: "/sessions/*",
      callers: "machines",
      idleTimeout: 300,
      stickiness: { cookieDuration: 3600 },
    },
  ],
  deregistrationDelay: 600,
  stopTimeout: 120,
  autoScaling: { cpu: 50, memory: 65 },
  caches: ["sessions"],
} satisfies ServiceInput;

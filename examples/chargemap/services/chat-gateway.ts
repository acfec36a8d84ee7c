import type { ServiceInput } from "../../../environments/schema/service";

/** Drivers at one station talk to each other: a WebSocket each. */
export default {
  name: "chat-gateway",
  owner: "community@chargemap.example",
  cpu: 512,
  memory: 1024,
  containerPort: 9000,
  loadBalancers: [
    {
      alb: "public",
      host: "chat",
      callers: "machines",
      idleTimeout: 300,
      stickiness: { cookieDuration: 86400 },
    },
  ],
  databases: ["community"],
  deregistrationDelay: 300,
  autoScaling: { cpu: 50, memory: 60 },
} satisfies ServiceInput;

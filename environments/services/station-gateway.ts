import type { ServiceInput } from "../schema/service";

/** Holds the WebSocket connections of charging stations (OCPP); a station stays with its task. */
export default {
  name: "station-gateway",
  owner: "stations@eemobility.example",
  cpu: 512,
  memory: 2048,
  containerPort: 9000,
  loadBalancers: [
    {
      alb: "public",
      host: "stations",
      path: "/ocpp/*",
      callers: "machines",
      idleTimeout: 400,
      stickiness: { cookieDuration: 86400 },
    },
  ],
  healthCheck: { path: "/actuator/health" },
  brokers: ["stations"],
  publishes: ["charging-events"],
  secrets: { OCPP_SIGNING_MATERIAL: "charging/ocpp-signing-key" },
  // Stations reconnect all at once; leaving tasks drain slowly so that they do not.
  deregistrationDelay: 900,
  stopTimeout: 120,
  autoScaling: { cpu: 50, memory: 60 },
} satisfies ServiceInput;

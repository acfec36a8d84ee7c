import type { ServiceInput } from "../../../environments/schema/service";

/** State of charge, from cars whose drivers said yes; older ones speak MQTT. */
export default {
  name: "vehicle-telemetry",
  owner: "charging@chargemap.example",
  cpu: 512,
  memory: 1024,
  containerPort: 8080,
  loadBalancers: [
    { alb: "public", host: "telemetry", callers: "machines" },
    { nlb: "mqtt", host: "mqtt", listenerPort: 8883, containerPort: 1883 },
  ],
  publishes: ["vehicles"],
  autoScaling: { requestsPerTarget: 5000 },
} satisfies ServiceInput;

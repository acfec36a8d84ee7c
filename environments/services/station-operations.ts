import type { ServiceInput } from "../schema/service";

/** Sends stations their commands and firmware, over the broker that the gateway listens to. */
export default {
  name: "station-operations",
  owner: "stations@eemobility.example",
  cpu: 512,
  memory: 1024,
  containerPort: 8080,
  loadBalancers: [{ alb: "internal", host: "station-operations" }],
  healthCheck: { path: "/actuator/health" },
  brokers: ["stations"],
} satisfies ServiceInput;

import type { ServiceInput } from "../../../environments/schema/service";

/** How busy a station will be when the driver arrives. */
export default {
  name: "busyness-forecast",
  owner: "stations@chargemap.example",
  cpu: 1024,
  memory: 2048,
  containerPort: 8080,
  loadBalancers: [{ alb: "internal", host: "forecast" }],
  databases: ["analytics"],
  buckets: { models: "read" },
} satisfies ServiceInput;

import type { ServiceInput } from "../../../environments/schema/service";

/** Stations that a driver has not seen and would like. */
export default {
  name: "recommendations",
  owner: "discovery@chargemap.example",
  cpu: 1024,
  memory: 2048,
  containerPort: 8080,
  loadBalancers: [{ alb: "internal", host: "recommendations" }],
  databases: ["analytics"],
  buckets: { models: "read" },
} satisfies ServiceInput;

import type { ServiceInput } from "../../../environments/schema/service";

/** Coffee, toilets, a roof: what there is within a walk of a station. */
export default {
  name: "station-amenities",
  owner: "stations@chargemap.example",
  containerPort: 8080,
  loadBalancers: [{ alb: "internal", host: "amenities" }],
  databases: ["stations"],
} satisfies ServiceInput;

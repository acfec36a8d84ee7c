import type { ServiceInput } from "../../../environments/schema/service";

/** Where low-emission zones, toll roads and motorway services begin and end. */
export default {
  name: "geofences",
  owner: "map@chargemap.example",
  containerPort: 8080,
  loadBalancers: [{ alb: "internal", host: "geofences" }],
  healthCheck: { path: "/healthz" },
  databases: ["stations"],
} satisfies ServiceInput;

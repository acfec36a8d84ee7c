import type { ServiceInput } from "../../../environments/schema/service";

/** Addresses to places and back. */
export default {
  name: "geocoder",
  owner: "map@chargemap.example",
  memory: 1024,
  containerPort: 8080,
  loadBalancers: [{ alb: "internal", host: "geocoder" }],
  secrets: { GEOCODING_PROVIDER: "map/geocoder" },
} satisfies ServiceInput;

import type { ServiceInput } from "../../../environments/schema/service";

/** Who drives for whom. */
export default {
  name: "fleet-drivers",
  owner: "business@chargemap.example",
  containerPort: 8080,
  loadBalancers: [{ alb: "internal", host: "fleet-drivers" }],
  databases: ["business"],
} satisfies ServiceInput;

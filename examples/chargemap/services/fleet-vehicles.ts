import type { ServiceInput } from "../../../environments/schema/service";

/** Companies' cars. */
export default {
  name: "fleet-vehicles",
  owner: "business@chargemap.example",
  containerPort: 8080,
  loadBalancers: [{ alb: "internal", host: "fleet-vehicles" }],
  databases: ["business"],
} satisfies ServiceInput;

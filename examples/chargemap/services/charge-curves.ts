import type { ServiceInput } from "../../../environments/schema/service";

/** How fast a battery takes power at which temperature. */
export default {
  name: "charge-curves",
  owner: "charging@chargemap.example",
  cpu: 512,
  memory: 1024,
  containerPort: 8080,
  loadBalancers: [{ alb: "internal", host: "charge-curves" }],
  databases: ["charging"],
} satisfies ServiceInput;

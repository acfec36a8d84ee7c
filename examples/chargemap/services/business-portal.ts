import type { ServiceInput } from "../../../environments/schema/service";

/** Where companies look after their cars, drivers and bills. */
export default {
  name: "business-portal",
  owner: "business@chargemap.example",
  cpu: 512,
  memory: 1024,
  containerPort: 8080,
  loadBalancers: [{ alb: "public", host: "business" }],
  databases: ["business"],
  overrides: { live: { autoScaling: { minCapacity: 3, maxCapacity: 9 } } },
} satisfies ServiceInput;

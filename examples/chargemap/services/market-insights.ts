import type { ServiceInput } from "../../../environments/schema/service";

/** Numbers for operators who plan their next stations; they sign in at the door. */
export default {
  name: "market-insights",
  owner: "data@chargemap.example",
  cpu: 512,
  memory: 1024,
  containerPort: 8080,
  loadBalancers: [{ alb: "public", host: "insights", authenticate: true }],
  databases: ["analytics"],
} satisfies ServiceInput;

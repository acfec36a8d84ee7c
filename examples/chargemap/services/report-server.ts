import type { ServiceInput } from "../../../environments/schema/service";

/** Charts for everybody in the house. */
export default {
  name: "report-server",
  owner: "data@chargemap.example",
  cpu: 1024,
  memory: 2048,
  containerPort: 8080,
  loadBalancers: [{ alb: "internal", host: "reports" }],
  databases: ["analytics"],
} satisfies ServiceInput;

import type { ServiceInput } from "../../../environments/schema/service";

/** Who called how often; what their bill is made of. */
export default {
  name: "partner-usage",
  owner: "partners@chargemap.example",
  memory: 1024,
  containerPort: 8080,
  loadBalancers: [{ alb: "internal", host: "partner-usage" }],
  databases: ["partners"],
} satisfies ServiceInput;

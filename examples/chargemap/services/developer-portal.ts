import type { ServiceInput } from "../../../environments/schema/service";

/** Where partners read and order. */
export default {
  name: "developer-portal",
  owner: "partners@chargemap.example",
  containerPort: 8080,
  loadBalancers: [{ alb: "public", host: "developers" }],
  databases: ["partners"],
} satisfies ServiceInput;

import type { ServiceInput } from "../../../environments/schema/service";

/** Answers before anybody asks. */
export default {
  name: "help-centre",
  owner: "support@chargemap.example",
  containerPort: 8080,
  loadBalancers: [{ alb: "public", host: "help" }],
  databases: ["support"],
} satisfies ServiceInput;

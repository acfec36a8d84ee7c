import type { ServiceInput } from "../../../environments/schema/service";

/** Keys and quotas of partners. */
export default {
  name: "partner-keys",
  owner: "partners@chargemap.example",
  containerPort: 8080,
  loadBalancers: [{ alb: "internal", host: "partner-keys" }],
  databases: ["partners"],
  secrets: { KEY_SIGNING: "partners/key-signing" },
} satisfies ServiceInput;

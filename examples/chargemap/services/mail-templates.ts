import type { ServiceInput } from "../../../environments/schema/service";

/** Mails in eleven languages. */
export default {
  name: "mail-templates",
  owner: "engagement@chargemap.example",
  containerPort: 8080,
  loadBalancers: [{ alb: "internal", host: "mail-templates" }],
  databases: ["engagement"],
} satisfies ServiceInput;

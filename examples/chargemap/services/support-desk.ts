import type { ServiceInput } from "../../../environments/schema/service";

/** Where customer care sees what a driver sees; they sign in at the door. */
export default {
  name: "support-desk",
  owner: "support@chargemap.example",
  memory: 1024,
  containerPort: 8080,
  loadBalancers: [{ alb: "public", host: "support", authenticate: true }],
  databases: ["support"],
  buckets: { attachments: "read" },
} satisfies ServiceInput;

import type { ServiceInput } from "../../../environments/schema/service";

/** Questions and complaints, whichever way they come. */
export default {
  name: "ticket-intake",
  owner: "support@chargemap.example",
  containerPort: 8080,
  loadBalancers: [{ alb: "internal", host: "tickets" }],
  databases: ["support"],
  buckets: { attachments: "readWrite" },
  sends: ["tickets"],
} satisfies ServiceInput;

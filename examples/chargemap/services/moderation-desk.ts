import type { ServiceInput } from "../../../environments/schema/service";

/** Where moderators decide; they sign in at the door. */
export default {
  name: "moderation-desk",
  owner: "community@chargemap.example",
  containerPort: 8080,
  loadBalancers: [{ alb: "public", host: "moderation", authenticate: true }],
  databases: ["community"],
  buckets: { photos: "read" },
} satisfies ServiceInput;

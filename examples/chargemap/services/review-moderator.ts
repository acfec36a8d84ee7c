import type { ServiceInput } from "../../../environments/schema/service";

/** Reads reviews before everybody does. */
export default {
  name: "review-moderator",
  owner: "community@chargemap.example",
  kind: "worker",
  cpu: 512,
  memory: 1024,
  databases: ["community"],
  consumes: ["reviews-to-moderate"],
  secrets: { MODERATION: "community/moderation-provider" },
} satisfies ServiceInput;

import type { ServiceInput } from "../../../environments/schema/service";

/** Sends to phones. */
export default {
  name: "push-sender",
  owner: "engagement@chargemap.example",
  kind: "worker",
  memory: 1024,
  consumes: ["push"],
  secrets: { FIREBASE: "engagement/firebase", APPLE_PUSH: "engagement/apple-push" },
  autoScaling: { messagesPerTask: 1000 },
} satisfies ServiceInput;

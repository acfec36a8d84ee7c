import type { ServiceInput } from "../../../environments/schema/service";

/** Sends mail. */
export default {
  name: "mail-sender",
  owner: "engagement@chargemap.example",
  kind: "worker",
  consumes: ["mail"],
  secrets: { MAIL_PROVIDER: "engagement/mail-provider" },
  autoScaling: { messagesPerTask: 500 },
} satisfies ServiceInput;

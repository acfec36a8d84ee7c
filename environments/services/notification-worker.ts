import type { ServiceInput } from "../schema/service";

/** Tells customers by mail and push what happened. */
export default {
  name: "notification-worker",
  owner: "customers@eemobility.example",
  kind: "worker",
  consumes: ["notifications"],
  secrets: { MAIL_PROVIDER_API: "customers/mail-provider" },
  autoScaling: { messagesPerTask: 200 },
} satisfies ServiceInput;

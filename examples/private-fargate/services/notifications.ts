import type { ServiceInput } from "../../../environments/schema/service";

/** Sends letters by e-mail. */
export default {
  name: "notifications",
  owner: "insurance@harbour.example",
  kind: "worker",
  consumes: ["letters"],
  buckets: { documents: "read" },
  secrets: { MAIL_PROVIDER: "notifications/mail-provider" },
} satisfies ServiceInput;

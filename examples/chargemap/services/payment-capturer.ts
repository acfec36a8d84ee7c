import type { ServiceInput } from "../../../environments/schema/service";

/** Collects the price of a session from the card that it was opened with. */
export default {
  name: "payment-capturer",
  owner: "payments@chargemap.example",
  kind: "worker",
  memory: 1024,
  databases: ["payments"],
  consumes: ["captures"],
  sends: ["payment-retries"],
  secrets: { PAYMENT_PROVIDER: "payments/provider" },
  autoScaling: { messagesPerTask: 50 },
} satisfies ServiceInput;

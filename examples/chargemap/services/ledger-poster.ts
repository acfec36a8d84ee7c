import type { ServiceInput } from "../../../environments/schema/service";

/** Posts payments, refunds and fees. */
export default {
  name: "ledger-poster",
  owner: "finance@chargemap.example",
  kind: "worker",
  memory: 1024,
  databases: ["finance"],
  consumes: ["payment-events"],
  autoScaling: { messagesPerTask: 100 },
} satisfies ServiceInput;

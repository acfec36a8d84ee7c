import type { ServiceInput } from "../../../environments/schema/service";

/** Sets an invoice as a document that every European tax office takes. */
export default {
  name: "invoice-renderer",
  owner: "finance@chargemap.example",
  kind: "worker",
  cpu: 1024,
  memory: 2048,
  // Whoever is interrupted leaves the message to another.
  capacityProviderStrategy: [
    { capacityProvider: "FARGATE", base: 1 },
    { capacityProvider: "FARGATE_SPOT", weight: 4 },
  ],
  buckets: { invoices: "readWrite" },
  consumes: ["invoices-to-render"],
  autoScaling: { messagesPerTask: 50 },
} satisfies ServiceInput;

import type { ServiceInput } from "../schema/service";

/** Turns finished charging sessions into billable records and invoices. */
export default {
  name: "invoice-worker",
  owner: "billing@eemobility.example",
  kind: "worker",
  memory: 1024,
  consumes: ["billable-sessions"],
  databases: ["business"],
  buckets: { invoices: "readWrite" },
  autoScaling: { minCapacity: 1, maxCapacity: 3, messagesPerTask: 100 },
} satisfies ServiceInput;

import type { ServiceInput } from "../../../environments/schema/service";

/** Sends invoices off, by mail or by the network for electronic invoices. */
export default {
  name: "invoice-sender",
  owner: "finance@chargemap.example",
  kind: "worker",
  buckets: { invoices: "read" },
  consumes: ["invoices-to-send"],
  sends: ["mail"],
  secrets: { INVOICE_NETWORK: "finance/invoice-network" },
} satisfies ServiceInput;

import type { ServiceInput } from "../../../environments/schema/service";

/** Has badges printed and posted. */
export default {
  name: "badge-fulfilment",
  owner: "charging@chargemap.example",
  kind: "worker",
  databases: ["drivers"],
  consumes: ["badge-shipments"],
  secrets: { CARD_PRINTER: "charging/card-printer" },
} satisfies ServiceInput;

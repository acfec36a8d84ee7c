import type { ServiceInput } from "../../../environments/schema/service";

/** Sends the receipt when the cable is back in its place. */
export default {
  name: "receipt-mailer",
  owner: "finance@chargemap.example",
  kind: "worker",
  databases: ["finance"],
  consumes: ["session-receipts"],
  sends: ["mail"],
} satisfies ServiceInput;

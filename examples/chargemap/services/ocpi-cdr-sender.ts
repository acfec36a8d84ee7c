import type { ServiceInput } from "../../../environments/schema/service";

/** Sends our records to partners, again and again until they take them. */
export default {
  name: "ocpi-cdr-sender",
  owner: "roaming@chargemap.example",
  kind: "worker",
  databases: ["roaming"],
  consumes: ["roaming-outbound"],
  autoScaling: { messagesPerTask: 100 },
} satisfies ServiceInput;

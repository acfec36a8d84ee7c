import type { ServiceInput } from "../../../environments/schema/service";

/** Compares partners' records with the sessions we saw. */
export default {
  name: "cdr-reconciler",
  owner: "roaming@chargemap.example",
  kind: "worker",
  cpu: 512,
  memory: 2048,
  databases: ["roaming"],
  consumes: ["records-to-reconcile"],
  autoScaling: { messagesPerTask: 100 },
} satisfies ServiceInput;

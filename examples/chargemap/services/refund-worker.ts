import type { ServiceInput } from "../../../environments/schema/service";

/** Pays back. */
export default {
  name: "refund-worker",
  owner: "payments@chargemap.example",
  kind: "worker",
  databases: ["payments"],
  consumes: ["refund-orders"],
  secrets: { PAYMENT_PROVIDER: "payments/provider" },
  autoScaling: { minCapacity: 1, maxCapacity: 2 },
} satisfies ServiceInput;

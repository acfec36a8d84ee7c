import type { ServiceInput } from "../../../environments/schema/service";

/** Tries a refused card again, and asks for another. */
export default {
  name: "dunning-worker",
  owner: "payments@chargemap.example",
  kind: "worker",
  databases: ["payments"],
  consumes: ["payment-retries"],
  sends: ["push", "mail"],
} satisfies ServiceInput;

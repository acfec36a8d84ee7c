import type { ServiceInput } from "../../../environments/schema/service";

/** Forgets a driver, everywhere. */
export default {
  name: "erasure-worker",
  owner: "accounts@chargemap.example",
  kind: "worker",
  databases: ["drivers"],
  consumes: ["erasures"],
  autoScaling: { minCapacity: 1, maxCapacity: 1 },
} satisfies ServiceInput;

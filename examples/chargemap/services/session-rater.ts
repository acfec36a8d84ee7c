import type { ServiceInput } from "../../../environments/schema/service";

/** Prices finished sessions, and asks for the money. */
export default {
  name: "session-rater",
  owner: "pricing@chargemap.example",
  kind: "worker",
  cpu: 512,
  memory: 1024,
  databases: ["pricing"],
  consumes: ["session-pricing"],
  sends: ["captures"],
  autoScaling: { messagesPerTask: 100 },
  overrides: { live: { autoScaling: { minCapacity: 3, maxCapacity: 20 } } },
} satisfies ServiceInput;

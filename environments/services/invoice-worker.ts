import type { ServiceInput } from "../schema/service";

/** Turns finished charging sessions into billable records. */
export default {
  name: "invoice-worker",
  owner: "billing@eemobility.example",
  kind: "worker",
  cpu: 256,
  memory: 1024,
  secrets: { SPRING_DATASOURCE_URL: "charging/database" },
  autoScaling: { minCapacity: 1, maxCapacity: 3 },
} satisfies ServiceInput;

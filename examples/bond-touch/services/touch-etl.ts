import type { ServiceInput } from "../../../environments/schema/service";

/** Second part: what was written down in an hour becomes tables of the warehouse. */
export default {
  name: "touch-etl",
  owner: "data@bond-touch.example",
  kind: "scheduledTask",
  schedule: { expression: "cron(10 * * * ? *)" },
  cpu: 1024,
  memory: 4096,
  buckets: { touches: "read", warehouse: "readWrite" },
  // The warehouse is copied there.
  exceptAccounts: ["production-west"],
} satisfies ServiceInput;

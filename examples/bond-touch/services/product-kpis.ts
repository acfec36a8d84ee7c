import type { ServiceInput } from "../../../environments/schema/service";

/** Last part: numbers of the product, from the warehouse, each morning. */
export default {
  name: "product-kpis",
  owner: "data@bond-touch.example",
  kind: "scheduledTask",
  schedule: { expression: "cron(0 7 ? * MON-FRI *)", timezone: "Europe/Lisbon" },
  buckets: { warehouse: "readWrite" },
  exceptAccounts: ["production-west"],
} satisfies ServiceInput;

import type { ServiceInput } from "../../../environments/schema/service";

/** Tells operators each month what was charged at their stations. */
export default {
  name: "operator-statements",
  owner: "finance@chargemap.example",
  kind: "scheduledTask",
  schedule: { expression: "cron(0 3 2 * ? *)", timezone: "Europe/Paris" },
  cpu: 512,
  memory: 2048,
  databases: ["finance"],
  buckets: { invoices: "readWrite" },
} satisfies ServiceInput;

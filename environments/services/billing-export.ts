import type { ServiceInput } from "../schema/service";

/** Hands the day's invoices over to accounting, each night. */
export default {
  name: "billing-export",
  owner: "billing@eemobility.example",
  kind: "scheduledTask",
  schedule: { expression: "cron(30 2 * * ? *)", timezone: "Europe/Berlin" },
  databases: ["business"],
  buckets: { invoices: "read" },
} satisfies ServiceInput;

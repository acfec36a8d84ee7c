import type { ServiceInput } from "../../../environments/schema/service";

/** Hands the day's postings over to accounting, each night. */
export default {
  name: "accounting-export",
  owner: "finance@chargemap.example",
  kind: "scheduledTask",
  schedule: { expression: "cron(30 1 * * ? *)", timezone: "Europe/Paris" },
  databases: ["finance"],
  secrets: { ACCOUNTING_SYSTEM: "finance/accounting-system" },
} satisfies ServiceInput;

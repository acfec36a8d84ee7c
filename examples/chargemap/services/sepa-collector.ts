import type { ServiceInput } from "../../../environments/schema/service";

/** Collects direct debits on the days that banks work. */
export default {
  name: "sepa-collector",
  owner: "payments@chargemap.example",
  kind: "scheduledTask",
  schedule: { expression: "cron(0 6 ? * MON-FRI *)", timezone: "Europe/Paris" },
  databases: ["payments"],
  secrets: { CREDITOR: "payments/sepa-creditor" },
} satisfies ServiceInput;

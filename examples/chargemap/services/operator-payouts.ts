import type { ServiceInput } from "../../../environments/schema/service";

/** Pays operators what their stations earned. */
export default {
  name: "operator-payouts",
  owner: "payments@chargemap.example",
  kind: "scheduledTask",
  schedule: { expression: "cron(0 7 3 * ? *)", timezone: "Europe/Paris" },
  databases: ["payments"],
} satisfies ServiceInput;

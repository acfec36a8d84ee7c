import type { ServiceInput } from "../../../environments/schema/service";

/** Orders the monthly reports. */
export default {
  name: "fleet-report-schedule",
  owner: "business@chargemap.example",
  kind: "scheduledTask",
  schedule: { expression: "cron(0 5 1 * ? *)", timezone: "Europe/Paris" },
  databases: ["business"],
  sends: ["fleet-reports"],
} satisfies ServiceInput;

import type { ServiceInput } from "../../../environments/schema/service";

/** The week at the driver's stations, on Friday afternoon. */
export default {
  name: "weekly-digest",
  owner: "engagement@chargemap.example",
  kind: "scheduledTask",
  schedule: { expression: "cron(0 15 ? * FRI *)", timezone: "Europe/Paris" },
  memory: 1024,
  databases: ["engagement"],
  sends: ["mail"],
} satisfies ServiceInput;

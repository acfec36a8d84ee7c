import type { ServiceInput } from "../../../environments/schema/service";

/** Tonnes that were not burned. */
export default {
  name: "carbon-reports",
  owner: "business@chargemap.example",
  kind: "scheduledTask",
  schedule: { expression: "cron(0 4 6 1 ? *)", timezone: "Europe/Paris" },
  databases: ["business"],
  buckets: { exports: "readWrite" },
} satisfies ServiceInput;

import type { ServiceInput } from "../../../environments/schema/service";

/** What networks owe each other, month by month. */
export default {
  name: "roaming-settlement",
  owner: "roaming@chargemap.example",
  kind: "scheduledTask",
  schedule: { expression: "cron(0 2 2 * ? *)", timezone: "Europe/Paris" },
  cpu: 1024,
  memory: 4096,
  databases: ["roaming"],
  buckets: { "roaming-records": "readWrite" },
} satisfies ServiceInput;

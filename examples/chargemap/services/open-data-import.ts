import type { ServiceInput } from "../../../environments/schema/service";

/** Reads the national registers of charging stations. */
export default {
  name: "open-data-import",
  owner: "stations@chargemap.example",
  kind: "scheduledTask",
  schedule: { expression: "cron(30 4 * * ? *)", timezone: "Europe/Paris" },
  cpu: 512,
  memory: 2048,
  databases: ["stations"],
  buckets: { "open-data": "readWrite" },
} satisfies ServiceInput;

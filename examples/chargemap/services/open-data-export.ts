import type { ServiceInput } from "../../../environments/schema/service";

/** Gives back: the open part of the catalogue, once a week. */
export default {
  name: "open-data-export",
  owner: "stations@chargemap.example",
  kind: "scheduledTask",
  schedule: { expression: "cron(0 5 ? * MON *)", timezone: "Europe/Paris" },
  cpu: 512,
  memory: 1024,
  databases: ["stations"],
  buckets: { "open-data": "readWrite" },
} satisfies ServiceInput;

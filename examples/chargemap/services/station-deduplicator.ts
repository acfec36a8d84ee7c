import type { ServiceInput } from "../../../environments/schema/service";

/** Finds stations that two sources tell of, each night. */
export default {
  name: "station-deduplicator",
  owner: "stations@chargemap.example",
  kind: "scheduledTask",
  schedule: { expression: "cron(0 2 * * ? *)", timezone: "Europe/Paris" },
  cpu: 1024,
  memory: 4096,
  databases: ["stations"],
} satisfies ServiceInput;

import type { ServiceInput } from "../../../environments/schema/service";

/** Learns how busy stations are. */
export default {
  name: "forecast-trainer",
  owner: "data@chargemap.example",
  kind: "scheduledTask",
  schedule: { expression: "cron(0 23 * * ? *)", timezone: "Europe/Paris" },
  cpu: 4096,
  memory: 16384,
  databases: ["analytics"],
  buckets: { models: "readWrite" },
  overrides: { live: { cpu: 8192, memory: 32768 } },
} satisfies ServiceInput;

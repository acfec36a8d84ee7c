import type { ServiceInput } from "../../../environments/schema/service";

/** Learns each night what drivers like. */
export default {
  name: "recommendation-trainer",
  owner: "discovery@chargemap.example",
  kind: "scheduledTask",
  schedule: { expression: "cron(0 0 * * ? *)", timezone: "Europe/Paris" },
  cpu: 4096,
  memory: 16384,
  databases: ["analytics"],
  buckets: { models: "readWrite" },
  overrides: { live: { cpu: 8192, memory: 32768 } },
} satisfies ServiceInput;

import type { ServiceInput } from "../../../environments/schema/service";

/** Makes large files of many small ones. */
export default {
  name: "lake-compaction",
  owner: "data@chargemap.example",
  kind: "scheduledTask",
  schedule: { expression: "cron(0 3 * * ? *)", timezone: "Europe/Paris" },
  cpu: 2048,
  memory: 8192,
  buckets: { lake: "readWrite" },
} satisfies ServiceInput;

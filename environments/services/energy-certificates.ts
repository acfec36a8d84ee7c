import type { ServiceInput } from "../schema/service";

/** Proves each month that every kilowatt hour was renewable. */
export default {
  name: "energy-certificates",
  owner: "energy@eemobility.example",
  kind: "scheduledTask",
  memory: 1024,
  schedule: { expression: "cron(0 5 1 * ? *)", timezone: "Europe/Berlin" },
  databases: ["charging"],
  buckets: { certificates: "readWrite" },
} satisfies ServiceInput;

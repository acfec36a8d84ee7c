import type { ServiceInput } from "../../../environments/schema/service";

/** Takes bonds and accounts over from MongoDB each night, without what says who somebody is. */
export default {
  name: "bond-etl",
  owner: "data@bond-touch.example",
  kind: "scheduledTask",
  schedule: { expression: "cron(0 3 * * ? *)", timezone: "Europe/Lisbon" },
  cpu: 1024,
  memory: 4096,
  externalDatabases: ["bonds"],
  buckets: { warehouse: "readWrite" },
  secrets: { PSEUDONYM_KEY: "bond-server/config-vars:PSEUDONYM_KEY" },
  exceptAccounts: ["production-west"],
} satisfies ServiceInput;

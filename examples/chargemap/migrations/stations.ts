import type { MigrationInput } from "../../../environments/schema/migration";
import { overVpn, postgresOf } from "../former-cloud";

/** The map itself, and the largest of all: nothing of it has moved yet. */
export default {
  kind: "dms",
  id: "stations",
  owner: "stations@chargemap.example",
  changeRef: "CHG-2090",
  account: "live",
  description: "Stations' PostgreSQL, from the former cloud into Aurora",
  phase: "prepare",
  network: overVpn("10.20.12.0/23"),
  ...postgresOf("stations"),
  compute: { mode: "instance", replicationInstanceClass: "dms.r6i.2xlarge", allocatedStorage: 1000 },
  task: {
    tableMappings: {
      selection: [
        { schemaName: "public" },
        // Opening hours as they were at each import, which nobody reads.
        { schemaName: "public", tableName: "import_log", ruleAction: "exclude" },
      ],
    },
  },
  validation: { separateTask: true },
  reverse: { enabled: true },
  rollback: { strategy: "reverse-replication", decisionOwner: "cto@chargemap.example" },
} satisfies MigrationInput;

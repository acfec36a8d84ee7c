import type { MigrationInput } from "../../../environments/schema/migration";
import { overVpn, postgresOf } from "../former-cloud";

/** Accounts, favourites, badges: small, and written to at every hour. */
export default {
  kind: "dms",
  id: "drivers",
  owner: "accounts@chargemap.example",
  changeRef: "CHG-2071",
  account: "live",
  description: "Drivers' PostgreSQL, from the former cloud into Aurora",
  phase: "cdc",
  network: overVpn("10.20.4.0/24"),
  ...postgresOf("drivers"),
  compute: { mode: "instance", replicationInstanceClass: "dms.r6i.large", allocatedStorage: 200 },
  task: { tableMappings: { selection: [{ schemaName: "public" }] } },
  // Rows are compared beside, so that nobody waits for a change.
  validation: { separateTask: true },
  reverse: { enabled: true },
  rollback: { strategy: "reverse-replication", decisionOwner: "cto@chargemap.example" },
} satisfies MigrationInput;

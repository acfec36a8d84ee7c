import type { MigrationInput } from "../../../environments/schema/migration";
import { overVpn, postgresOf } from "../former-cloud";

/** Moved: clients are at the target, and each payment still goes back to the former cloud. */
export default {
  kind: "dms",
  id: "payments",
  owner: "payments@chargemap.example",
  changeRef: "CHG-2044",
  account: "live",
  description: "Payments' PostgreSQL, from the former cloud into Aurora",
  phase: "rollback-window",
  network: overVpn("10.20.8.0/24"),
  ...postgresOf("payments"),
  compute: { mode: "instance", replicationInstanceClass: "dms.r6i.xlarge", allocatedStorage: 400 },
  task: { tableMappings: { selection: [{ schemaName: "public" }, { schemaName: "sepa" }] } },
  validation: { separateTask: true, threadCount: 8 },
  reverse: { enabled: true },
  // Money: closer and for longer than elsewhere.
  gates: { maxCdcLatencySeconds: 10, stableMinutes: 60 },
  rollback: { strategy: "reverse-replication", windowHours: 168, decisionOwner: "cto@chargemap.example" },
} satisfies MigrationInput;

import type { Account } from "../../../environments/schema/account";
import type { DmsMigration } from "../../../environments/schema/migration/dms";
import { reached } from "../../../environments/schema/migration/phase";
import * as names from "../../../environments/schema/names";
import { comparesApart } from "./load-gates";
import type { DmsNames } from "./observe";

/** What a migration by DMS has in its phase, by the names that its stack gives. */
export function namesOf(account: Account, migration: DmsMigration): DmsNames {
  const { id, phase, reverse, compute, gates } = migration;
  const ends = reverse.enabled ? names.MIGRATION_ENDPOINTS : (["source", "target"] as const);
  return {
    tasks: [
      {
        direction: "forward",
        // A replication of DMS Serverless is compute and task in one.
        id:
          compute.mode === "serverless"
            ? names.migrationInstance(account, id)
            : names.migrationTask(account, id),
      },
      ...(comparesApart(migration) && reached(phase, "cdc")
        ? [{ direction: "validation" as const, id: names.migrationValidationTask(account, id) }]
        : []),
      ...(reverse.enabled && reached(phase, "cutover")
        ? [{ direction: "reverse" as const, id: names.migrationReverseTask(account, id) }]
        : []),
    ],
    endpoints: ends.map((end) => names.migrationEndpoint(account, id, end)),
    stableMinutes: gates.stableMinutes,
  };
}

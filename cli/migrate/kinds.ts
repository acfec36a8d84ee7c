import type { Account } from "../../environments/schema/account";
import type { Fleet } from "../../environments/schema/fleet";
import type { Migration } from "../../environments/schema/migration";
import type { LastingOptions } from "../delivery/clients";
import { DMS } from "./dms/kind";
import type { Gate } from "./gate";
import type { Intention } from "./intention";
import type { Asked, MigrationKind, Notes, Operation, Place, Shown } from "./kind";
import type { Measure, Measured } from "./measured";
import { OPENSEARCH } from "./opensearch/kind";
import { REDIS } from "./redis/kind";

/** A migration as it is at a moment. */
export interface Look {
  /** What of its stack is not there yet. */
  readonly missing?: string;
  /** Conditions of leaving the phase; none in the last one. */
  readonly gates: readonly Gate[];
  readonly shown: readonly Shown[];
  readonly progress: string;
  readonly notes: Notes;
  /** Everything that was seen. */
  readonly observed: unknown;
}

/** A migration of any kind, in its account. */
export interface OpenMigration {
  look(measured?: Measured): Promise<Look>;
  intend(operation: Operation, asked: Asked): Promise<Intention>;
}

/** Opens a migration by its kind: a new kind is a file and a line here. */
export function openMigration(
  fleet: Fleet,
  account: Account,
  migration: Migration,
  options: LastingOptions,
): OpenMigration {
  switch (migration.kind) {
    case "dms":
      return open(DMS, { fleet, account, migration, options });
    case "redis":
      return open(REDIS, { fleet, account, migration, options });
    case "opensearch":
      return open(OPENSEARCH, { fleet, account, migration, options });
  }
}

/** What an operator measures before a migration leaves its phase. */
export function measuresOf(migration: Migration): readonly Measure[] {
  switch (migration.kind) {
    case "dms":
      return DMS.measures(migration, migration.phase);
    case "redis":
      return REDIS.measures(migration, migration.phase);
    case "opensearch":
      return OPENSEARCH.measures(migration, migration.phase);
  }
}

function open<M extends Migration, O>(kind: MigrationKind<M, O>, place: Place<M>): OpenMigration {
  const { fleet, migration } = place;
  return {
    look: async (measured) => {
      const now = new Date();
      const observed = await kind.observe(place, now);
      const evidence = fleet.evidence[migration.id] ?? {};
      const missing = kind.missing(migration, observed);
      return {
        ...(missing === undefined ? {} : { missing }),
        gates:
          migration.phase === "decommission"
            ? []
            : kind.gates[migration.phase]({
                migration,
                observed,
                evidence,
                now,
                ...(measured === undefined ? {} : { measured }),
              }),
        shown: kind.show(observed),
        progress: kind.progress(observed),
        notes: kind.notes(observed),
        observed,
      };
    },
    intend: async (operation, asked) =>
      kind.intend(operation, place, await kind.observe(place, new Date()), asked),
  };
}

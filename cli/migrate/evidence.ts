import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Fleet } from "../../environments/schema/fleet";
import { evidenceFile } from "../../environments/schema/load-migrations";
import type { Migration } from "../../environments/schema/migration";
import type { Evidence } from "../../environments/schema/migration/evidence";
import type { Phase } from "../../environments/schema/migration/phase";
import type { Gate } from "./gate";
import type { Notes } from "./kind";
import type { Measured } from "./measured";
import { withPhase } from "./phase-word";

/** What a phase is left with. */
export interface Leaving {
  readonly to: Phase;
  readonly gates: readonly Gate[];
  readonly notes: Notes;
  readonly measured?: Measured;
  /** ARN of whoever advances it. */
  readonly by: string;
  readonly at: Date;
}

/** Who found what, and when, for whoever audits the change. */
export function evidenceOf(migration: Migration, leaving: Leaving): Evidence {
  const { gates, measured } = leaving;
  return {
    migration: migration.id,
    account: migration.account,
    from: migration.phase,
    to: leaving.to,
    at: leaving.at.toISOString(),
    by: leaving.by,
    changeRef: migration.changeRef,
    gates: gates.map(({ gate, value, limit, holds, waiver }) => ({
      gate,
      value,
      limit,
      holds,
      waived: waiver !== undefined,
    })),
    waivers: [...new Set(gates.flatMap(({ waiver }) => waiver ?? []))],
    definition: createHash("sha256").update(JSON.stringify(migration)).digest("hex"),
    notes: { ...leaving.notes, ...(measured === undefined ? {} : measuredNotes(measured)) },
  };
}

function measuredNotes({ by, at, values, comparisons }: Measured): Notes {
  return {
    measuredBy: by,
    measuredAt: at,
    ...Object.fromEntries(
      Object.entries(values)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, value]) => [`measured ${name}`, value]),
    ),
    ...Object.fromEntries(
      Object.entries(comparisons)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, { source, target }]) => [`compared ${name}`, `source ${source}, target ${target}`]),
    ),
  };
}

/**
 * Writes the evidence and the new phase, both or neither; returns the files.
 * @throws CliError where the definition's phase cannot be rewritten; nothing is written then.
 */
export function leavePhase(fleet: Fleet, migration: Migration, leaving: Leaving): readonly string[] {
  const definition = fleet.sources.migrations[migration.id] ?? "";
  const text = withPhase(readFileSync(definition, "utf8"), definition, migration.phase, leaving.to);
  const proof = evidenceFile(fleet.directory, migration.id, migration.phase);
  mkdirSync(dirname(proof), { recursive: true });
  writeFileSync(proof, `${JSON.stringify(evidenceOf(migration, leaving), null, 2)}\n`);
  try {
    writeFileSync(definition, text);
  } catch (error) {
    rmSync(proof, { force: true });
    throw error;
  }
  return [proof, definition];
}

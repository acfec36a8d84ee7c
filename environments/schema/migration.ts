import { z } from "zod";
import { dmsMigration } from "./migration/dms";
import { opensearchMigration } from "./migration/opensearch";
import { redisMigration } from "./migration/redis";

/** `migrations/<id>.ts`: data that moves into an account, phase by phase. */
export const migration = z.discriminatedUnion("kind", [dmsMigration, redisMigration, opensearchMigration]);

export type MigrationInput = z.input<typeof migration>;
export type Migration = z.output<typeof migration>;
export type MigrationKind = Migration["kind"];

/** The form that a file means, by its word `kind`; errors are then about that form only. */
export function migrationForm(content: unknown) {
  const kind =
    typeof content === "object" && content !== null && "kind" in content ? content.kind : undefined;
  return migration.options.find(({ shape }) => shape.kind.value === kind) ?? migration;
}

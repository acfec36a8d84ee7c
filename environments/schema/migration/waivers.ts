import { z } from "zod";

/** What a migration may be excused from. */
export const MIGRATION_CONTROLS = [
  "assessment",
  "noPrimaryKey",
  "rollback",
  "sslMode",
  "validation",
] as const;

/** A reasoned, owned and dated exception of one migration. */
export const migrationWaiver = z.strictObject({
  control: z
    .enum(MIGRATION_CONTROLS)
    .describe(
      "`assessment`: its findings; `noPrimaryKey`: tables that DMS cannot compare; `rollback`: no way back; `sslMode`: a connection without TLS; `validation`: no validation.",
    ),
  subject: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe("What it is about: `source`, `target`, or a table as schema.table. Default: all of it."),
  evidence: z
    .string()
    .min(3)
    .max(500)
    .optional()
    .describe("What was compared instead, such as a count or a hash, and where that is written down."),
  reason: z.string().min(20).describe("Why the exception is right: at least twenty characters."),
  owner: z.email().describe("Who answers for it."),
  expires: z.iso.date().describe("The last day on which it holds, YYYY-MM-DD."),
});

export type MigrationWaiver = z.output<typeof migrationWaiver>;

import { z } from "zod";
import { phase, type Phase } from "./phase";
import { migrationWaiver } from "./waivers";

const value = z.union([z.string(), z.number(), z.boolean()]);

const gate = z.strictObject({
  gate: z.string().min(1).describe("What was looked at."),
  value: value.describe("What was found."),
  limit: value.optional().describe("What it must not exceed, or must be."),
  holds: z.boolean().describe("Whether the phase could be left."),
  waived: z.boolean().default(false).describe("Whether a waiver stands in for it."),
});

/**
 * `migrations/evidence/<id>/<phase>.json`: what held when a phase was left. `slipway migrate advance` writes it,
 * and nobody else.
 */
export const evidence = z.strictObject({
  migration: z.string().describe("Id of the migration."),
  account: z.string().describe("Account that it is in."),
  from: phase.describe("The phase that was left."),
  to: phase.describe("The phase that began."),
  at: z.iso.datetime().describe("When."),
  by: z.string().min(1).describe("Who, as AWS knows the caller."),
  changeRef: z.string().min(1).describe("The change ticket."),
  gates: z.array(gate).describe("What was looked at."),
  waivers: z.array(migrationWaiver).default([]).describe("Waivers that held then."),
  definition: z.string().min(1).describe("Digest of the definition as it was."),
  notes: z
    .record(z.string(), value)
    .default({})
    .describe("What later steps need, such as the position at which the source was left."),
});

export type Evidence = z.output<typeof evidence>;

/** A migration's evidence by the phase that was left. */
export type EvidenceByPhase = Readonly<Partial<Record<Phase, Evidence>>>;

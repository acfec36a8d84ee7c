import { z } from "zod";

/** The phases of a migration, in the one order in which it goes through them. */
export const PHASES = [
  "prepare",
  "full-load",
  "cdc",
  "validated",
  "cutover",
  "rollback-window",
  "decommission",
] as const;

export const phase = z.enum(PHASES);

export type Phase = z.output<typeof phase>;

/** Phases that come before one, in their order: all of them are left with evidence. */
export const phasesBefore = (given: Phase): readonly Phase[] => PHASES.slice(0, PHASES.indexOf(given));

/** Whether a migration in phase `given` is in `least` or beyond it. */
export const reached = (given: Phase, least: Phase): boolean =>
  PHASES.indexOf(given) >= PHASES.indexOf(least);

/** The phase that comes after one; none after the last. */
export const nextPhase = (given: Phase): Phase | undefined => PHASES[PHASES.indexOf(given) + 1];

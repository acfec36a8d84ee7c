import type { Phase } from "../../../environments/schema/migration/phase";
import type { Measure } from "../measured";
import { goNoGo, lowerTtl, rehearsal, smoke, windowReport } from "./closing";
import { scope } from "./common";
import type { Context } from "./context";
import type { Section } from "./text";

/** What a kind of migration says itself. */
interface Parts {
  /** From prerequisites to the proof that both ends hold the same. */
  readonly copying: readonly Section[];
  /** From the freeze until writes are open at the target. */
  readonly cutover: readonly Section[];
  readonly rollback: Section;
  readonly decommission: Section;
}

/** A runbook in the order of an operator, which is that of every kind. */
export const inOrder = (
  context: Context,
  measures: (phase: Phase) => readonly Measure[],
  { copying, cutover, rollback, decommission }: Parts,
): readonly Section[] => [
  scope(context),
  ...copying,
  rehearsal,
  lowerTtl(context),
  goNoGo(context, measures("validated")),
  ...cutover,
  smoke(context, measures("cutover")),
  rollback,
  windowReport(context, measures("rollback-window")),
  decommission,
];

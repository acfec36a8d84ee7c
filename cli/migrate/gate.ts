import type { MigrationWaiver } from "../../environments/schema/migration/waivers";

/** One condition of leaving a phase, as it is at a moment. */
export interface Gate {
  /** Its name, the same in every migration of a kind, such as `tablesErrored`. */
  readonly gate: string;
  /** What was seen, in words or a number. */
  readonly value: string | number;
  /** What has to be seen. */
  readonly limit: string | number;
  readonly holds: boolean;
  /** What to do about it; of one that does not hold. */
  readonly why?: string;
  /** The waiver by which it is passed although it does not hold. */
  readonly waiver?: MigrationWaiver;
}

/** A gate from what was seen; `why` is kept only of one that does not hold. */
export function gate(
  name: string,
  seen: { readonly value: string | number; readonly limit: string | number; readonly holds: boolean },
  why: string,
): Gate {
  return { gate: name, ...seen, ...(seen.holds ? {} : { why }) };
}

/** A number that may not be more than its limit. */
export const atMost = (name: string, value: number, limit: number, why: string): Gate =>
  gate(name, { value, limit: limit === 0 ? "0" : `≤ ${limit}`, holds: value <= limit }, why);

/** A word that has to be one of some. */
export const isOne = (name: string, value: string, wanted: readonly string[], why: string): Gate =>
  gate(name, { value, limit: wanted.join(" or "), holds: wanted.includes(value) }, why);

/** Whether the phase may be left as far as this gate goes. */
export const passes = ({ holds, waiver }: Gate): boolean => holds || waiver !== undefined;

/** The waiver of a control that counts on a day: of the subject, or of all subjects. */
export function waiverOf(
  waivers: readonly MigrationWaiver[],
  control: MigrationWaiver["control"],
  today: string,
  subject?: string,
): MigrationWaiver | undefined {
  const counting = waivers.filter((waiver) => waiver.control === control && waiver.expires >= today);
  return (
    counting.find((waiver) => waiver.subject !== undefined && waiver.subject === subject) ??
    counting.find((waiver) => waiver.subject === undefined)
  );
}

/** The gate with a waiver, where it needs one and there is one. */
export const waived = (each: Gate, waiver: MigrationWaiver | undefined): Gate =>
  each.holds || waiver === undefined ? each : { ...each, waiver };

/** The day of a moment, as waivers write it. */
export const dayOf = (moment: Date): string => moment.toISOString().slice(0, 10);

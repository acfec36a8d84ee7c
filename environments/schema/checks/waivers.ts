import type { Fleet } from "../fleet";
import type { Violation } from "../violation";

/** Waivers whose last day is before `today`. */
export function expiredWaivers(fleet: Fleet, today: Date): Violation[] {
  const day = today.toISOString().slice(0, 10);
  return fleet.organization.waivers.flatMap((waiver, index) =>
    waiver.expires < day
      ? [
          {
            file: fleet.sources.organization,
            path: `waivers[${index}].expires`,
            given: waiver.expires,
            allowed: `a day not before ${day}`,
            mend: "mend what it excuses, or agree on a new date with its owner",
          },
        ]
      : [],
  );
}

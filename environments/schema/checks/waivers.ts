import type { Fleet } from "../fleet";
import { formatPath } from "../parse";
import type { Violation } from "../violation";

/**
 * Waivers whose last day is past on `today` (UTC). Not among the checks of the fleet: a synth says the same whatever
 * the day, so that yesterday's commit can be built again; `slipway validate` is what tells that one has expired.
 */
export function expiredWaivers(fleet: Fleet, today: Date): Violation[] {
  const day = today.toISOString().slice(0, "YYYY-MM-DD".length);
  const ofMigrations = fleet.migrations.flatMap(({ id, waivers }) =>
    waivers.flatMap(({ control, subject, owner, expires }, index) =>
      expires < day
        ? [
            {
              file: fleet.sources.migrations[id] ?? id,
              path: formatPath(["waivers", index, "expires"]),
              given: expires,
              allowed: `a day that is not past: ${control} was waived${subject === undefined ? "" : ` for ${subject}`} until then`,
              mend: `mend it and remove the waiver, or let ${owner} renew it`,
            },
          ]
        : [],
    ),
  );
  const ofResources = fleet.organization.waivers.flatMap(({ rule, resource, owner, expires }, index) =>
    expires < day
      ? [
          {
            file: fleet.sources.organization,
            path: formatPath(["waivers", index, "expires"]),
            given: expires,
            allowed: `a day that is not past: ${rule} was waived for ${resource} until then`,
            mend: `mend the resource and remove the waiver, or let ${owner} renew it`,
          },
        ]
      : [],
  );
  return [...ofResources, ...ofMigrations];
}

import type { Fleet } from "../fleet";
import { formatPath, nearest } from "../parse";
import type { Violation } from "../violation";

/** Levels of units below the root. https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html */
const MOST_LEVELS = 5;

/** Units are a tree of at most five levels, accounts are in units that there are, and policies are turned on. */
export function checkOrganizationalUnits(fleet: Fleet): Violation[] {
  return [
    ...Object.keys(fleet.organization.organizationalUnits).flatMap((unit) => parentFaults(fleet, unit)),
    ...policyFaults(fleet),
    ...fleet.accounts.flatMap((account): Violation[] => {
      const { organizationalUnit: unit, kind, name } = account;
      if (unit === undefined) return [];
      const file = fleet.sources.accounts[name] ?? name;
      const path = "organizationalUnit";
      if (kind === "management")
        return [
          {
            file,
            path,
            given: unit,
            allowed: "none: the management account stays at the root, and no unit's policy binds it",
            mend: "remove it",
          },
        ];
      return unit in fleet.organization.organizationalUnits ? [] : [unknown(fleet, file, path, unit)];
    }),
  ];
}

function parentFaults({ organization, sources }: Fleet, unit: string): Violation[] {
  const { organizationalUnits: units } = organization;
  const file = sources.organization;
  const path = formatPath(["organizationalUnits", unit, "parent"]);
  const way = [unit];
  for (let parent = units[unit]?.parent; parent !== undefined; parent = units[parent]?.parent) {
    if (parent === unit)
      return [
        {
          file,
          path,
          given: units[unit]?.parent,
          allowed: `a unit that is not within this one: ${[...way, unit].join(" in ")}`,
          mend: "remove parent from one of them",
        },
      ];
    // The fault is another unit's, and told there.
    if (way.includes(parent)) return [];
    if (units[parent] === undefined)
      return way.length > 1 ? [] : [unknown({ organization, sources }, file, path, parent)];
    way.push(parent);
  }
  return way.length <= MOST_LEVELS
    ? []
    : [
        {
          file,
          path,
          given: units[unit]?.parent,
          allowed: `a unit at most ${MOST_LEVELS} levels below the root; this one would be ${way.length}: ${way.join(" in ")}`,
        },
      ];
}

function policyFaults({ organization, sources }: Fleet): Violation[] {
  const { organizationalUnits: units, policyTypes } = organization;
  const bound = Object.keys(units).filter((unit) => units[unit]?.serviceControlPolicies.length);
  if (bound.length === 0 || policyTypes?.includes("SERVICE_CONTROL_POLICY")) return [];
  return [
    {
      file: sources.organization,
      path: "policyTypes",
      given: policyTypes,
      allowed: `SERVICE_CONTROL_POLICY among them: ${bound.join(", ")} ${bound.length === 1 ? "has" : "have"} serviceControlPolicies, which AWS takes only where they are on`,
      mend: `write policyTypes: ["SERVICE_CONTROL_POLICY"], with those that are on already`,
    },
  ];
}

function unknown(
  { organization }: Pick<Fleet, "organization" | "sources">,
  file: string,
  path: string,
  given: string,
): Violation {
  const known = Object.keys(organization.organizationalUnits).sort();
  const meant = nearest(given, known);
  return {
    file,
    path,
    given,
    allowed: `a unit of the organization: ${known.join(", ") || "it has none"}`,
    mend: meant === undefined ? "add it to organizationalUnits of the organization" : `write "${meant}"`,
  };
}

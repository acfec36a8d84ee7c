import type { Fleet } from "../fleet";
import type { Violation } from "../violation";

/** Everything is in a region that the organization allows. */
export function checkRegions(fleet: Fleet): Violation[] {
  const { allowedRegions, region } = fleet.organization;
  const allowed = `one of allowedRegions: ${allowedRegions.join(", ")}`;
  const home: Violation[] = allowedRegions.includes(region)
    ? []
    : [{ file: fleet.sources.organization, path: "region", given: region, allowed }];
  return [
    ...home,
    ...fleet.accounts
      .filter((account) => account.region !== region && !allowedRegions.includes(account.region))
      .map((account) => ({
        file: fleet.sources.accounts[account.name] ?? account.name,
        path: "region",
        given: account.region,
        allowed,
        mend: "choose one of these, or add the region to the organization's allowedRegions",
      })),
  ];
}

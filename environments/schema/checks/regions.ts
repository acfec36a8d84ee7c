import type { Fleet } from "../fleet";
import type { Violation } from "../violation";

/** Where CloudFront takes certificates and delivers logs from, whatever the account's own region is. */
const CLOUDFRONT = "us-east-1";

/** Everything is in a region that the organization allows. */
export function checkRegions(fleet: Fleet): Violation[] {
  const { allowedRegions, region } = fleet.organization;
  const allowed = `one of allowedRegions: ${allowedRegions.join(", ")}`;
  const home: Violation[] = allowedRegions.includes(region)
    ? []
    : [{ file: fleet.sources.organization, path: "region", given: region, allowed }];
  return [
    ...home,
    ...fleet.accounts.flatMap(({ name, region: own, registry }) => {
      const copy = registry?.replicateTo;
      const place = { file: fleet.sources.accounts[name] ?? name, path: "registry.replicateTo", given: copy };
      if (copy === own) return [{ ...place, allowed: `another region than ${own}, where the images are` }];
      return copy === undefined || allowedRegions.includes(copy)
        ? []
        : [{ ...place, allowed, mend: "choose one of these, or add the region to allowedRegions" }];
    }),
    ...fleet.accounts
      .filter(({ edge }) => !allowedRegions.includes(CLOUDFRONT) && Object.keys(edge?.sites ?? {}).length > 0)
      .map(({ name, edge }) => ({
        file: fleet.sources.accounts[name] ?? name,
        path: "edge.sites",
        given: `${Object.keys(edge?.sites ?? {}).length} web sites without ${CLOUDFRONT} among the organization's allowedRegions (${allowedRegions.join(", ")})`,
        inWords: true,
        allowed: `none: their certificates and logs are in ${CLOUDFRONT}, as CloudFront wants them`,
        mend: `add ${CLOUDFRONT} to the organization's allowedRegions`,
      })),
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

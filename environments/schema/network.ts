import { z } from "zod";
import { domainName, slug } from "./common";
import { siteToSiteVpn } from "./site-to-site-vpn";

/**
 * An account's VPC: public, private and isolated subnets in each zone, DNS zones, endpoints.
 * https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
 */
export const network = z.strictObject({
  cidrBlock: z
    .cidrv4()
    .describe(
      "The VPC's IPv4 range, /16 to /22. No two networks of the organization that may meet share addresses.",
    ),
  availabilityZones: z
    .array(z.string().regex(/^[a-f]$/, "a zone letter, a to f"))
    .min(2)
    .max(4)
    .default(["a", "b", "c"])
    .describe("Zone letters of the region, in a fixed order: a subnet's range follows from its position."),
  mayMeet: z
    .boolean()
    .default(true)
    .describe("Whether this network may one day be joined to the others; false lets it reuse their ranges."),
  publicZone: domainName
    .optional()
    .describe(
      "The public DNS zone. Default: `<account>.<organization's domain>`, delegated from its parent zone.",
    ),
  siteToSiteVpns: z
    .record(slug(16), siteToSiteVpn)
    .default({})
    .describe("VPNs to other networks, by name; a stack of their own. Default: none."),
});

export type Network = z.output<typeof network>;

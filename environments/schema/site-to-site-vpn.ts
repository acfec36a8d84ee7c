import { z } from "zod";

const customerGateway = z.strictObject({
  ipAddress: z.ipv4().describe("Public IPv4 address of the other side's gateway."),
  bgpAsn: z
    .number()
    .int()
    .min(1)
    .max(4_294_967_295)
    .default(65_000)
    .describe("Autonomous system of the other side. Default: 65000, a private one."),
});

/**
 * Two encrypted tunnels to another network, such as a former provider's.
 * https://docs.aws.amazon.com/vpn/latest/s2svpn/VPC_VPN.html
 */
export const siteToSiteVpn = z.strictObject({
  customerGateway: customerGateway.describe("The other side's gateway."),
  staticCidrBlocks: z
    .array(z.cidrv4())
    .max(20)
    .default([])
    .describe("Ranges behind it, for gateways without BGP. Default: none, routes are learned by BGP."),
  startupAction: z
    .enum(["add", "start"])
    .default("add")
    .describe("Whether AWS (`start`) or the other side (`add`) begins. Default: `add`."),
});

export type SiteToSiteVpn = z.output<typeof siteToSiteVpn>;

import { z } from "zod";
import { slug } from "../common";

const cidrBlocks = z
  .array(z.cidrv4())
  .min(1)
  .max(10)
  .describe("Ranges in which the source answers; nothing else is reached.");

/** How the source is reached. */
export const migrationNetwork = z.discriminatedUnion("path", [
  z.strictObject({
    path: z.literal("vpc").describe("Within the account's own VPC."),
    cidrBlocks: cidrBlocks
      .optional()
      .describe("Ranges in which the source answers. Default: the VPC's; none with `source.store`."),
  }),
  z.strictObject({
    path: z.literal("vpn").describe("Through a site-to-site VPN of the account's network."),
    vpn: slug(16).describe("Its name in `network.siteToSiteVpns`."),
    cidrBlocks,
  }),
  z.strictObject({
    path: z
      .literal("egress")
      .describe(
        "Over the internet, from the fixed addresses of the NAT gateways, which the source's allowlist must hold.",
      ),
    cidrBlocks,
  }),
]);

export type MigrationNetwork = z.output<typeof migrationNetwork>;

import { z } from "zod";
import { slug } from "./common";

/**
 * What only AWS can generate and another account needs; written by `slipway facts --write ACCOUNT`.
 */
export const facts = z.strictObject({
  organizationId: z
    .string()
    .regex(/^o-[a-z0-9]{10,32}$/, "an organization id such as o-a1b2c3d4e5")
    .optional()
    .describe("The organization's id; in the management account's facts."),
  publicZone: z
    .strictObject({
      name: z.string().describe("The zone's name."),
      zoneId: z.string().describe("The hosted zone's id."),
      nameServers: z.array(z.string()).min(1).describe("The name servers its parent delegates to."),
    })
    .optional()
    .describe("The account's public DNS zone; its parent zone delegates to it."),
  replicas: z
    .record(
      slug(24),
      z.strictObject({ kmsKeyArn: z.string().startsWith("arn:").describe("Key that encrypts the copies.") }),
    )
    .optional()
    .describe("Its buckets that get copies of other accounts' objects, once they are there."),
});

export type Facts = z.output<typeof facts>;

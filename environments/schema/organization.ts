import { z } from "zod";
import { costCentre, domainName, email, region, slug } from "./common";
import { continuousIntegration } from "./continuous-integration";
import { delivery } from "./delivery";
import { organizationalUnits, policyTypes, trustedServices } from "./organizational-units";
import { waiver } from "./waiver";

/** A company: what all its accounts have in common. */
export const organization = z.strictObject({
  name: slug(20).describe("Short name; it begins the names that are unique in all of AWS, such as buckets."),
  domain: domainName.describe("The apex domain. Public zones are below it."),
  region: region.describe("Home region of every account that names no other."),
  allowedRegions: z
    .array(region)
    .min(1)
    .optional()
    .describe(
      "Regions in which anything may exist. Default: the home region and us-east-1 for global services.",
    ),
  owner: email.describe("The platform team's address: owner of what no service owns."),
  costCentre: costCentre.default("platform").describe("Cost centre of what no service owns."),
  continuousIntegration: continuousIntegration.describe("Who may plan and apply from CI."),
  delivery: delivery
    .optional()
    .describe("How images are made and deployed. Default: none; images are pushed and deployed by hand."),
  organizationalUnits: organizationalUnits
    .default({})
    .describe(
      "Units of AWS Organizations by name; accounts name theirs. With none, Slipway leaves the organization to others. Default: none.",
    ),
  policyTypes: policyTypes
    .optional()
    .describe("Kinds of policy that are on; all others are turned off. Default: left as they are."),
  trustedServices: trustedServices
    .optional()
    .describe(
      "AWS services that may act in every account, by service principal; all others are turned off. Default: left as they are.",
    ),
  waivers: z.array(waiver).default([]).describe("Exceptions from guardrails. Default: none."),
});

export type OrganizationInput = z.input<typeof organization>;
type Parsed = z.output<typeof organization>;
export type Organization = Omit<Parsed, "allowedRegions"> & { readonly allowedRegions: readonly string[] };

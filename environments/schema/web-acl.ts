import { z } from "zod";

/** Rules of AWS's common rule set. https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html */
const COMMON_RULES = [
  "NoUserAgent_HEADER",
  "UserAgent_BadBots_HEADER",
  "SizeRestrictions_QUERYSTRING",
  "SizeRestrictions_Cookie_HEADER",
  "SizeRestrictions_BODY",
  "SizeRestrictions_URIPATH",
  "EC2MetaDataSSRF_BODY",
  "EC2MetaDataSSRF_COOKIE",
  "EC2MetaDataSSRF_URIPATH",
  "EC2MetaDataSSRF_QUERYARGUMENTS",
  "GenericLFI_QUERYARGUMENTS",
  "GenericLFI_URIPATH",
  "GenericLFI_BODY",
  "RestrictedExtensions_URIPATH",
  "RestrictedExtensions_QUERYARGUMENTS",
  "GenericRFI_QUERYARGUMENTS",
  "GenericRFI_BODY",
  "GenericRFI_URIPATH",
  "CrossSiteScripting_COOKIE",
  "CrossSiteScripting_QUERYARGUMENTS",
  "CrossSiteScripting_BODY",
  "CrossSiteScripting_URIPATH",
] as const;

/** The web application firewall in front of an account's load balancers that face the internet; one for all. */
export const webAcl = z.strictObject({
  mode: z
    .enum(["block", "count", "off"])
    .default("block")
    .describe(
      "`block` refuses what it matches, `count` logs it only; `off` is none, and needs a waiver of public-load-balancer-web-acl. Default: block.",
    ),
  countedRules: z
    .array(z.enum(COMMON_RULES))
    .default(["SizeRestrictions_BODY"])
    .describe(
      "Rules of AWS's common rule set that count only. Default: SizeRestrictions_BODY, which refuses every body over 8 KB.",
    ),
  requestsPerAddress: z
    .number()
    .int()
    .min(10)
    .max(2_000_000_000)
    .default(5_000)
    .describe("Requests that one address may make in five minutes. Default: 5000."),
});

import type { Statement } from "../identity/policy";

/**
 * Services without a region, which answer from us-east-1 whatever region is meant.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples_general.html
 */
const GLOBAL_SERVICES = [
  "account",
  "artifact",
  "aws-marketplace",
  "billing",
  "budgets",
  "ce",
  "chatbot",
  "cloudfront",
  "consolidatedbilling",
  "cur",
  "freetier",
  "globalaccelerator",
  "health",
  "iam",
  "invoicing",
  "networkmanager",
  "organizations",
  "payments",
  "pricing",
  "route53",
  "route53domains",
  "savingsplans",
  "shield",
  "sts",
  "support",
  "supportplans",
  "tax",
  "trustedadvisor",
  "waf",
  "wafv2",
];

/** Leaving would shed every policy of the organization at once. */
export const denyLeavingOrganization = (): Statement => ({
  sid: "DenyLeavingOrganization",
  effect: "Deny",
  actions: ["organizations:LeaveOrganization"],
  resources: ["*"],
});

/** Whatever is made where nobody looks is found on the bill. */
export const denyOtherRegions = (allowedRegions: readonly string[]): Statement => ({
  sid: "DenyOtherRegions",
  effect: "Deny",
  notActions: [
    ...GLOBAL_SERVICES.map((service) => `${service}:*`),
    "s3:GetAccountPublicAccessBlock",
    "s3:ListAllMyBuckets",
    "s3:PutAccountPublicAccessBlock",
  ],
  resources: ["*"],
  condition: [{ test: "StringNotEquals", variable: "aws:RequestedRegion", values: [...allowedRegions] }],
});

/**
 * No boundary binds the root user of an account; a policy of its organization does. Sessions of the management account
 * (sts:AssumeRoot) carry the same name and one key more, and stay the way to what only root can do.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-assumedroot
 */
export const denyRootUser = (): Statement => ({
  sid: "DenyRootUser",
  effect: "Deny",
  actions: ["*"],
  resources: ["*"],
  condition: [
    { test: "StringLike", variable: "aws:PrincipalArn", values: ["arn:aws:iam::*:root"] },
    { test: "Null", variable: "aws:AssumedRoot", values: ["true"] },
  ],
});

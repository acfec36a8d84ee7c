import { z } from "zod";
import { slug } from "./common";

/** What a service control policy of a unit may deny; each is a policy of the organization. */
export const SERVICE_CONTROL_POLICIES = [
  "denyLeavingOrganization",
  "denyOtherRegions",
  "denyRootUser",
] as const;

/**
 * An organizational unit of AWS Organizations: accounts that are governed alike.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_ous.html
 */
const organizationalUnit = z.strictObject({
  parent: slug(24).optional().describe("Unit that it is in. Default: the organization's root."),
  serviceControlPolicies: z
    .array(z.enum(SERVICE_CONTROL_POLICIES))
    .default([])
    .describe(
      "What nobody in its accounts may do, whatever their roles say: leave the organization, use other regions than `allowedRegions`, act as the root user. Default: nothing is denied.",
    ),
});

/** Units by name. */
export const organizationalUnits = z.record(slug(24), organizationalUnit);

/** Kinds of policy that an organization can turn on. */
const POLICY_TYPES = [
  "AISERVICES_OPT_OUT_POLICY",
  "BACKUP_POLICY",
  "CHATBOT_POLICY",
  "DECLARATIVE_POLICY_EC2",
  "RESOURCE_CONTROL_POLICY",
  "SERVICE_CONTROL_POLICY",
  "TAG_POLICY",
] as const;

/** Sets, so that each may stand once; AWS takes them in any order. */
export const policyTypes = z.array(z.enum(POLICY_TYPES));

export const trustedServices = z.array(
  z.string().regex(/^[a-z0-9.-]+\.amazonaws\.com$/, "a service principal such as ram.amazonaws.com"),
);

export type OrganizationalUnits = z.output<typeof organizationalUnits>;
export type ServiceControlPolicy = (typeof SERVICE_CONTROL_POLICIES)[number];

import type { Construct } from "constructs";
import type { Organization } from "../environments/schema/organization";
import { wholeAccounts } from "../environments/schema/fleet";
import * as names from "../environments/schema/names";
import {
  SERVICE_CONTROL_POLICIES,
  type ServiceControlPolicy,
} from "../environments/schema/organizational-units";
import { AdoptedOrganization } from "../modules/foundation/adopted-organization";
import {
  denyLeavingOrganization,
  denyOtherRegions,
  denyRootUser,
} from "../modules/foundation/service-control-policies";
import type { Statement } from "../modules/identity/policy";
import { PlatformStack, type PlatformStackProps } from "./platform-stack";
import type { StackKind } from "./stack-kind";

/** Terraform's addresses are in snake case. */
const snakeCase = (key: string) => key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

interface Denial {
  readonly description: string;
  statement(organization: Organization): Statement;
}

const DENIALS: Readonly<Record<ServiceControlPolicy, Denial>> = {
  denyLeavingOrganization: {
    description: "No account leaves the organization by itself",
    statement: denyLeavingOrganization,
  },
  denyOtherRegions: {
    description: "Nothing is made outside the regions that the organization allows",
    statement: ({ allowedRegions }) => denyOtherRegions(allowedRegions),
  },
  denyRootUser: {
    description: "The root user of an account does nothing",
    statement: denyRootUser,
  },
};

/** The company's organization in AWS: its units, which account is in which, and what nobody in a unit may do. */
export class OrganizationStack extends PlatformStack {
  constructor(
    scope: Construct,
    props: Omit<PlatformStackProps, "concern"> & { readonly organizationId: string },
  ) {
    super(scope, { ...props, concern: "organization" });
    const { organization } = this.fleet;
    const units = Object.entries(organization.organizationalUnits)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, { parent, serviceControlPolicies: policies }]) => ({
        name,
        policies: policies.map(snakeCase),
        ...(parent === undefined ? {} : { parent }),
      }));
    new AdoptedOrganization(this, "units", {
      organizationId: props.organizationId,
      ...(organization.policyTypes === undefined ? {} : { policyTypes: organization.policyTypes }),
      ...(organization.trustedServices === undefined
        ? {}
        : { trustedServices: organization.trustedServices }),
      units,
      policies: SERVICE_CONTROL_POLICIES.filter((key) =>
        units.some(({ policies }) => policies.includes(snakeCase(key))),
      ).map((key) => ({
        key: snakeCase(key),
        name: names.serviceControlPolicy(organization, key),
        description: DENIALS[key].description,
        statement: DENIALS[key].statement(organization),
      })),
      accounts: wholeAccounts(this.fleet)
        .filter(({ kind }) => kind !== "management")
        .map(({ name, id, email, organizationalUnit: unit }) => ({
          name,
          accountId: id,
          email,
          ...(unit === undefined ? {} : { unit }),
        })),
    });
  }
}

/** In the management account of an organization that has units; it is there already, and is taken over by its id. */
export const organizationStacks: StackKind = (fleet, account) => {
  if (account.kind !== "management") return [];
  if (Object.keys(fleet.organization.organizationalUnits).length === 0) return [];
  const { organizationId } = fleet.facts[account.name] ?? {};
  return [
    {
      account,
      concern: "organization",
      waitsFor:
        organizationId === undefined
          ? [{ account: account.name, fact: "organizationId", needed: "to take the organization over" }]
          : [],
      build: (scope, options) =>
        new OrganizationStack(scope, { fleet, account, organizationId: organizationId ?? "", ...options }),
    },
  ];
};

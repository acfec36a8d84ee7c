import { OrganizationsAccount } from "@cdktf/provider-aws/lib/organizations-account";
import { OrganizationsOrganization } from "@cdktf/provider-aws/lib/organizations-organization";
import { OrganizationsOrganizationalUnit } from "@cdktf/provider-aws/lib/organizations-organizational-unit";
import { OrganizationsPolicy } from "@cdktf/provider-aws/lib/organizations-policy";
import { OrganizationsPolicyAttachment } from "@cdktf/provider-aws/lib/organizations-policy-attachment";
import { Construct } from "constructs";
import { policyDocument, type Statement } from "../identity/policy";

export interface OrganizationalUnitProps {
  readonly name: string;
  /** Name of the unit that it is in. @default the organization's root */
  readonly parent?: string;
  /** Names of the policies that bind it. */
  readonly policies: readonly string[];
}

export interface AdoptedAccountProps {
  readonly name: string;
  readonly accountId: string;
  /** The root user's address, as AWS has it. */
  readonly email: string;
  /** Name of the unit that it is in. @default the organization's root */
  readonly unit?: string;
}

export interface ControlPolicyProps {
  /** What units call it by. */
  readonly key: string;
  /** Its name in AWS. */
  readonly name: string;
  readonly description: string;
  readonly statement: Statement;
}

export interface AdoptedOrganizationProps {
  /** Id of the organization, which is there already. */
  readonly organizationId: string;
  /** Kinds of policy that are on. @default left as they are */
  readonly policyTypes?: readonly string[];
  /** Service principals that may act in every account. @default left as they are */
  readonly trustedServices?: readonly string[];
  /** Service control policies that units are bound by. */
  readonly policies: readonly ControlPolicyProps[];
  /** Sorted, in any order of parents. */
  readonly units: readonly OrganizationalUnitProps[];
  readonly accounts: readonly AdoptedAccountProps[];
}

const identifier = (name: string) => name.replaceAll("-", "_");

/**
 * An organization of AWS Organizations and its accounts, which exist and are taken over by `import` blocks; and the
 * units between them. Neither the organization nor an account is ever destroyed: an account that leaves the
 * organization leaves its bill, its policies and its people's way in.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_introduction.html
 */
export class AdoptedOrganization extends Construct {
  private readonly units = new Map<string, OrganizationsOrganizationalUnit>();
  private readonly rootId: string;

  constructor(scope: Construct, id: string, props: AdoptedOrganizationProps) {
    super(scope, id);
    const { policyTypes, trustedServices } = props;
    const organization = new OrganizationsOrganization(this, "organization", {
      featureSet: "ALL",
      ...(policyTypes === undefined ? {} : { enabledPolicyTypes: [...policyTypes] }),
      ...(trustedServices === undefined ? {} : { awsServiceAccessPrincipals: [...trustedServices] }),
      lifecycle: {
        preventDestroy: true,
        ignoreChanges: [
          ...(policyTypes === undefined ? ["enabled_policy_types"] : []),
          ...(trustedServices === undefined ? ["aws_service_access_principals"] : []),
        ],
      },
    });
    organization.importFrom(props.organizationId);
    this.rootId = organization.roots.get(0).id;
    for (const unit of props.units) this.unit(unit.name, props.units);
    for (const account of props.accounts) this.account(account);
    for (const { key, name, description, statement } of props.policies) {
      const policy = new OrganizationsPolicy(this, `policy_${key}`, {
        name,
        description,
        type: "SERVICE_CONTROL_POLICY",
        content: policyDocument(this, `policy_${key}_document`, [statement]).minifiedJson,
        dependsOn: [organization],
      });
      for (const unit of props.units.filter(({ policies }) => policies.includes(key))) {
        new OrganizationsPolicyAttachment(this, `policy_${key}_${identifier(unit.name)}`, {
          policyId: policy.id,
          targetId: this.unit(unit.name, props.units).id,
        });
      }
    }
  }

  /** The unit of a name, made after the one that it is in. */
  private unit(name: string, all: readonly OrganizationalUnitProps[]): OrganizationsOrganizationalUnit {
    const held = this.units.get(name);
    if (held !== undefined) return held;
    const parent = all.find((unit) => unit.name === name)?.parent;
    const made = new OrganizationsOrganizationalUnit(this, `unit_${identifier(name)}`, {
      name,
      parentId: parent === undefined ? this.rootId : this.unit(parent, all).id,
    });
    this.units.set(name, made);
    return made;
  }

  private account({ name, accountId, email, unit }: AdoptedAccountProps): void {
    const account = new OrganizationsAccount(this, `account_${identifier(name)}`, {
      name,
      email,
      parentId: (unit === undefined ? undefined : this.units.get(unit)?.id) ?? this.rootId,
      closeOnDeletion: false,
      lifecycle: {
        preventDestroy: true,
        // Another address would ask for another account. The name may be another in AWS; the last two are said once,
        // when an account is made, and never read again.
        ignoreChanges: ["email", "name", "role_name", "iam_user_access_to_billing"],
      },
    });
    account.importFrom(accountId);
  }
}

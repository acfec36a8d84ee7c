import type { Construct } from "constructs";
import { accountOfKind, regionsOf, wholeAccounts, type Fleet } from "../environments/schema/fleet";
import type { Account } from "../environments/schema/account";
import * as names from "../environments/schema/names";
import { PeopleGroups, PeopleRoles, type PeopleRoleKind } from "../modules/identity/people-roles";
import { PlatformStack, type PlatformStackProps } from "./platform-stack";
import type { StackKind } from "./stack-kind";

const ROLE_NAMES: Readonly<Record<PeopleRoleKind, string>> = {
  administrator: "administrator",
  developer: "developer",
  readOnly: "read-only",
  auditor: "auditor",
};

/**
 * The roles people take on. Granted before anything else is applied and revoked after everything else is
 * destroyed, so that no rollback loses the right to finish itself. In the management account also the groups
 * that say who may take on which role.
 */
export class RolesStack extends PlatformStack {
  constructor(scope: Construct, props: Omit<PlatformStackProps, "concern">) {
    super(scope, { ...props, concern: "roles" });
    const { account, fleet } = this;
    const management = accountOfKind(fleet, "management") ?? account;
    new PeopleRoles(this, "people", {
      accountId: account.id,
      places: [account, ...regionsOf(fleet, account)].map((place) => ({
        region: place.region,
        clusterName: names.cluster(place),
        dataKeyAlias: names.dataKeyAlias(place),
      })),
      boundaryArn: names.boundaryArn(account),
      managementRootArn: names.rootArn(management),
      managementAccountId: management.id,
      executeCommand: account.capabilities.executeCommand,
      workingHours: account.hosting !== undefined && account.capabilities.workingHours !== null,
      roles: Object.fromEntries(
        kindsIn(account).map((kind) => [
          kind,
          {
            roleName: names.peopleRole(fleet.organization, ROLE_NAMES[kind]),
            maxSessionDuration: account.roles[kind].maxSessionDuration,
          },
        ]),
      ),
    });
    if (account.kind === "management") this.addGroups();
  }

  private addGroups(): void {
    const { fleet } = this;
    const groups = (Object.keys(ROLE_NAMES) as PeopleRoleKind[]).map((kind) => {
      const roleName = names.peopleRole(fleet.organization, ROLE_NAMES[kind]);
      const accounts = wholeAccounts(fleet).filter((account) => kindsIn(account).includes(kind));
      return [
        kind,
        { groupName: roleName, roleArns: accounts.map((account) => names.roleArn(account, roleName)) },
      ] as const;
    });
    new PeopleGroups(this, "groups", {
      groups: Object.fromEntries(groups.filter(([, { roleArns }]) => roleArns.length > 0)),
    });
  }
}

function kindsIn(account: Account): PeopleRoleKind[] {
  return (Object.keys(ROLE_NAMES) as PeopleRoleKind[]).filter((kind) => account.roles[kind].enabled);
}

/** Once an account: the roles are for all its regions. */
export const rolesStacks: StackKind = (fleet: Fleet, account) =>
  account.regionOf !== undefined
    ? []
    : [
        {
          account,
          concern: "roles",
          build: (scope, options) => new RolesStack(scope, { fleet, account, ...options }),
        },
      ];

import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import type { Account } from "../environments/schema/account";
import { migrationsIn } from "../environments/schema/fleet";
import type { Migration } from "../environments/schema/migration";
import { reached } from "../environments/schema/migration/phase";
import type { Organization } from "../environments/schema/organization";
import * as names from "../environments/schema/names";
import { ApplyGrants } from "../modules/identity/apply-grants";
import { GRANTS } from "../modules/identity/grants";
import type { GrantScope } from "../modules/identity/grants/grant";
import { PlatformStack, type PlatformStackProps } from "./platform-stack";
import type { StackKind } from "./stack-kind";

/** A permission as the stack's output records it, so that a later run can tell whether it holds. */
export interface GrantedStatement {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition: readonly { test: string; variable: string; values: readonly string[] }[];
}

/** Permissions by concern. */
export type Granted = Readonly<Record<string, readonly GrantedStatement[]>>;

export interface PermissionsStackProps extends Omit<PlatformStackProps, "concern"> {
  /**
   * Concerns that stay granted although the account's description calls for them no longer, since a state still
   * holds what they are for.
   * @default none
   */
  readonly keptGrants?: ReadonlySet<string>;
}

/**
 * What `slipway-apply` may do, apart from all that it makes. Applied by `slipway bootstrap`, with other credentials
 * than those it grants something to: a run can neither widen its own permissions nor lose one that it still needs
 * to roll back or to destroy.
 */
export class PermissionsStack extends PlatformStack {
  /** What it grants, by concern. */
  readonly granted: Granted;

  constructor(scope: Construct, props: PermissionsStackProps) {
    super(scope, { ...props, concern: "permissions" });
    const { account, fleet } = this;
    const { organization } = fleet;
    const wanted = new Set([
      ...grantsFor(account, organization, migrationsIn(fleet, account)),
      ...(props.keptGrants ?? []),
    ]);
    const grants = GRANTS.filter(({ concern }) => wanted.has(concern));
    const within: GrantScope = {
      accountId: account.id,
      accountName: account.name,
      region: account.region,
      allowedRegions: organization.allowedRegions,
      brokerSecretsArn: names.brokerSecretsArn(account),
      ...(account.auth?.oidc === undefined
        ? {}
        : { signInSecretArn: names.secretArnPattern(account, account.auth.oidc.clientSecret) }),
      boundaryArn: names.boundaryArn(account),
      workloadRolePath: names.WORKLOAD_ROLE_PATH,
      emptiesLockedBuckets:
        !account.capabilities.deletionProtection &&
        Object.values(account.data?.buckets ?? {}).some(({ objectLock }) => objectLock !== undefined),
      organizationPrefix: `${organization.name}-`,
    };
    new ApplyGrants(this, "apply", {
      roleName: names.automationRole(account, names.APPLY_ROLE),
      grants,
      scope: within,
      policyName: (concern) => names.grantPolicy(account, concern),
    });
    this.granted = Object.fromEntries(
      grants.map(({ concern, statements }) => [
        concern,
        statements(within).map(({ actions = [], resources = [], condition }) => ({
          actions,
          resources,
          condition: Array.isArray(condition) ? condition : [],
        })),
      ]),
    );
    new TerraformOutput(this, "granted", { value: this.granted });
  }
}

/** Concerns whose resources an account's description calls for: a section that goes takes its grant along. */
export function grantsFor(
  account: Account,
  organization: Pick<Organization, "delivery" | "organizationalUnits">,
  migrations: readonly Migration[] = [],
): string[] {
  const { hosting, queue, data, edge, auth, apis } = account;
  const called = Object.keys(apis).length > 0;
  if (account.kind === "management")
    return Object.keys(organization.organizationalUnits).length > 0
      ? ["identity", "organization"]
      : ["identity"];
  const pipelines = account.registry !== undefined && organization.delivery?.provider === "codepipeline";
  const byDms = migrations.some(({ kind }) => kind === "dms");
  const watched =
    called ||
    [hosting, queue, data, edge].some((section) => section !== undefined) ||
    migrations.length > 0 ||
    Object.keys(account.network?.siteToSiteVpns ?? {}).length > 0;
  const needed: Readonly<Record<string, boolean>> = {
    identity: true,
    secrets: true,
    network: account.network !== undefined,
    // Provisioned tables and readers of Aurora scale as services do.
    // Rules of EventBridge tell what DMS does.
    compute:
      byDms ||
      Object.values(data?.databases ?? {}).some(
        (database) => "readerAutoScaling" in database && database.readerAutoScaling !== undefined,
      ) ||
      hosting !== undefined ||
      edge !== undefined ||
      Object.values(data?.tables ?? {}).some(({ capacity }) => capacity !== undefined),
    data: pipelines || byDms || [hosting, data, edge].some((section) => section !== undefined),
    // Alarms are told through topics.
    messaging: watched || pipelines,
    edge: called || [hosting, edge, auth].some((section) => section !== undefined),
    observability: watched || pipelines || account.network !== undefined,
    delivery: account.registry !== undefined,
    migration: byDms || migrations.some(makesUser),
  };
  return Object.keys(needed).filter((concern) => needed[concern] === true);
}

/** Whether a migration fills a store as a user of its own, which is there until it is over. */
const makesUser = (migration: Migration) =>
  migration.kind === "redis" &&
  migration.target.secret !== undefined &&
  !reached(migration.phase, "decommission");

export const permissionsStacks: StackKind = (fleet, account) => [
  {
    account,
    concern: "permissions",
    build: (scope, options) => new PermissionsStack(scope, { fleet, account, ...options }),
  },
];

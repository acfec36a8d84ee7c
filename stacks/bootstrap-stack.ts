import type { Construct } from "constructs";
import type { Account } from "../environments/schema/account";
import { deliveryAccounts } from "../environments/schema/deliveries";
import { accountOfKind, regionsOf, type Fleet } from "../environments/schema/fleet";
import * as names from "../environments/schema/names";
import { tokenSubjects } from "../environments/schema/token-subjects";
import { StateStore } from "../modules/foundation/state-store";
import {
  applyPermissions,
  planPermissions,
  type AutomationScope,
} from "../modules/identity/automation-permissions";
import { AutomationTrust, type AutomationTrustProps } from "../modules/identity/automation-trust";
import { Boundary } from "../modules/identity/boundary";
import { releasePermissions } from "../modules/identity/release-permissions";
import type { ReleaseRecordsPlace } from "../modules/identity/release-records";
import { Role } from "../modules/identity/role";
import { PlatformStack, type PlatformStackProps } from "./platform-stack";
import type { StackKind } from "./stack-kind";

/**
 * What must be there before anything else can be planned: state bucket and key, the CI engine's identity
 * provider, the permissions boundary, and the roles `slipway-plan` and `slipway-apply`, the latter with nothing
 * but states to write. Applied by `slipway bootstrap`, through the role that AWS Organizations puts into each
 * account; never by itself.
 *
 * A second region of an account has a bucket, a key and the roles of its own. Identity provider and boundary are the
 * account's, since IAM has no regions.
 */
export class BootstrapStack extends PlatformStack {
  constructor(scope: Construct, props: Omit<PlatformStackProps, "concern">) {
    super(scope, { ...props, concern: "bootstrap" });
    const { account, fleet } = this;
    const { organization } = fleet;
    const management = accountOfKind(fleet, "management") ?? account;
    // Its state bucket outlives everything, in every environment.
    const store = new StateStore(this, "state", {
      records: recordsOf(fleet, account),
      recordsReaders: releasing(fleet, account).after.map((each) => ({
        rootArn: names.rootArn(each),
        roleArn: names.roleArn(each, names.RELEASE_ROLE),
      })),
      keyAlias: names.STATE_KEY_ALIAS,
      accountRootArn: names.rootArn(account),
      protection: props.liftProtection !== true,
    });
    const boundaryArn = this.boundaryArn(store);
    const tokens = tokenSubjects(organization.continuousIntegration, account);
    const trust = new AutomationTrust(this, "workflows", {
      issuer: tokens.issuer,
      ...(account.regionOf === undefined
        ? {}
        : { providerArn: names.tokenProviderArn(account, tokens.issuer) }),
      audience: tokens.audience,
      planSubjects: tokens.plan,
      applySubject: tokens.apply,
      managementRootArn: names.rootArn(management),
      administratorArn: names.roleArn(management, names.peopleRole(organization, "administrator")),
      ...pipelinesTo(account, fleet),
    });
    const automation: AutomationScope = {
      accountId: account.id,
      region: account.region,
      stateBucketArn: store.bucketArn,
      stateKeyArn: store.keyArn,
      deliveries: names.DELIVERIES,
      brokerSecretsArn: names.brokerSecretsArn(account),
      ...(account.auth?.oidc === undefined
        ? {}
        : { signInSecretArn: names.secretArnPattern(account, account.auth.oidc.clientSecret) }),
    };
    if (account.kind === "workload") this.addRelease(boundaryArn, trust, automation);
    new Role(this, "plan", {
      roleName: names.automationRole(account, names.PLAN_ROLE),
      description: "Plans: reads configuration and states, writes lock files only",
      boundaryArn,
      trust: trust.plan,
      managedPolicies: { read_only_access: READ_ONLY_ACCESS },
      statements: planPermissions(automation),
    });
    new Role(this, "apply", {
      roleName: names.automationRole(account, names.APPLY_ROLE),
      description: "Applies: reads, and writes states; what it may make is granted by the permissions stack",
      boundaryArn,
      // An apply of many stacks outlives an hour.
      maxSessionDuration: 4 * 3600,
      trust: trust.apply,
      managedPolicies: { read_only_access: READ_ONLY_ACCESS },
      statements: applyPermissions(automation),
    });
  }

  /** The boundary is made once in an account, and keeps the states of all its regions. */
  private boundaryArn(store: StateStore): string {
    const { account, fleet } = this;
    if (account.regionOf !== undefined) return names.boundaryArn(account);
    const regions = regionsOf(fleet, account).map(
      (region) => `arn:aws:s3:::${names.stateBucket(fleet.organization, region)}`,
    );
    return new Boundary(this, "boundary", {
      policyName: names.BOUNDARY_POLICY,
      accountId: account.id,
      boundaryArn: names.boundaryArn(account),
      bootstrapPrefix: names.BOOTSTRAP_ROLE_PREFIX,
      organizationRoleName: names.ORGANIZATION_ROLE,
      stateBucketArns: [store.bucketArn, ...regions],
      stateKeyAlias: names.STATE_KEY_ALIAS,
      allowUsers: account.kind === "management",
    }).policy.arn;
  }

  /** Deploys services, and makes nothing. */
  private addRelease(boundaryArn: string, trust: AutomationTrust, automation: AutomationScope): void {
    const { account, fleet } = this;
    const registry = fleet.accounts.find((candidate) => candidate.registry !== undefined) ?? account;
    new Role(this, "release", {
      roleName: names.automationRole(account, names.RELEASE_ROLE),
      description:
        "Deploys: writes the releases of services and their stacks' states; makes nothing but tasks",
      boundaryArn,
      // A canary takes longer than an hour.
      maxSessionDuration: 4 * 3600,
      trust: trust.release,
      managedPolicies: { read_only_access: READ_ONLY_ACCESS },
      statements: releasePermissions({
        ...automation,
        releaseParametersArn: `arn:aws:ssm:${account.region}:${account.id}:parameter${names.releaseParameter(account, { name: "*" })}`,
        serviceStatePrefix: names.stackId(account, "service", ""),
        workloadRolePath: names.WORKLOAD_ROLE_PATH,
        clusterName: names.cluster(account),
        accountPrefix: `${account.name}-`,
        repositoriesArn: names.repositoryArn(registry, "*"),
        recordsBefore: releasing(fleet, account).before.map((each) => recordsOf(fleet, each)),
      }),
    });
  }
}

/** Accounts with releases before and after this one in the order of promotion. */
function releasing(fleet: Fleet, account: Account): Record<"before" | "after", readonly Account[]> {
  const order = deliveryAccounts(fleet).filter(({ kind }) => kind === "workload");
  const position = order.indexOf(account);
  return position === -1
    ? { before: [], after: [] }
    : { before: order.slice(0, position), after: order.slice(position + 1) };
}

const recordsOf = ({ organization }: Fleet, account: Account): ReleaseRecordsPlace => ({
  accountId: account.id,
  region: account.region,
  bucketName: names.stateBucket(organization, account),
  folder: names.DELIVERIES,
});

/** The project that deploys to the account from pipelines, where the organization has them. */
function pipelinesTo(account: Account, fleet: Fleet): Pick<AutomationTrustProps, "pipelines"> {
  const registry = fleet.accounts.find((account) => account.registry !== undefined);
  if (registry === undefined || fleet.organization.delivery?.provider !== "codepipeline") return {};
  if (!deliveryAccounts(fleet).includes(account)) return {};
  return {
    pipelines: { rootArn: names.rootArn(registry), roleArn: names.deployProjectRoleArn(registry, account) },
  };
}

const READ_ONLY_ACCESS = "arn:aws:iam::aws:policy/ReadOnlyAccess";

export const bootstrapStacks: StackKind = (fleet, account) => [
  {
    account,
    concern: "bootstrap",
    build: (scope, options) => new BootstrapStack(scope, { fleet, account, ...options }),
  },
];

import { EcrRegistryScanningConfiguration } from "@cdktf/provider-aws/lib/ecr-registry-scanning-configuration";
import type { Construct } from "constructs";
import type { Account } from "../environments/schema/account";
import { deliveryName, servicesByRepository } from "../environments/schema/deliveries";
import { accountOfKind, servicesIn, type Fleet } from "../environments/schema/fleet";
import * as names from "../environments/schema/names";
import type { Service } from "../environments/schema/service";
import { Replica } from "../modules/delivery/replica";
import { Repository } from "../modules/delivery/repository";
import { read } from "./contract";
import { keysContract } from "./contracts";
import { PlatformStack, type PlatformStackProps } from "./platform-stack";
import type { MissingFact, PlannedStack, StackKind } from "./stack-kind";

type Registry = NonNullable<Account["registry"]>;

interface RegistryProps extends Omit<PlatformStackProps, "concern"> {
  readonly registry: Registry;
  readonly organizationId: string;
}

/** What holds for all images: how they are scanned, and which region gets a copy. */
export class RegistryStack extends PlatformStack {
  constructor(scope: Construct, props: RegistryProps) {
    super(scope, { ...props, concern: "registry" });
    const { account } = this;
    const { registry } = props;
    new EcrRegistryScanningConfiguration(this, "scanning", {
      scanType: registry.scanning,
      rule: [
        {
          scanFrequency: registry.scanning === "ENHANCED" ? "CONTINUOUS_SCAN" : "SCAN_ON_PUSH",
          repositoryFilter: [{ filter: "*", filterType: "WILDCARD" }],
        },
      ],
    });
    if (registry.replicateTo === undefined) return;
    new Replica(this, "replica", {
      ...rulesOf(props),
      region: registry.replicateTo,
      accountId: account.id,
      accountRootArn: names.rootArn(account),
      keyAlias: names.dataKeyAlias(account),
      roleName: names.replicaRole(account),
      rolePath: names.WORKLOAD_ROLE_PATH,
      boundaryArn: names.boundaryArn(account),
      protection: this.protection,
    });
  }
}

interface ImagesProps extends RegistryProps {
  readonly repository: string;
  readonly services: readonly [Service, ...Service[]];
}

/** One image's repository. */
export class ImagesStack extends PlatformStack {
  constructor(scope: Construct, props: ImagesProps) {
    const { repository, services } = props;
    super(scope, {
      ...props,
      concern: "registry",
      name: deliveryName(repository),
      service: services.find(({ name }) => name === repository) ?? services[0],
    });
    const { dataKeyArn } = read(this, keysContract);
    const deployers = this.fleet.accounts.filter((account) =>
      servicesIn(this.fleet, account).some((service) => service.repository === repository),
    );
    new Repository(this, "images", {
      ...rulesOf(props),
      repositoryName: repository,
      kmsKeyArn: dataKeyArn,
      deployers: deployers.map((account) => ({
        rootArn: names.rootArn(account),
        roleArn: names.roleArn(account, names.RELEASE_ROLE),
      })),
      protection: this.protection,
    });
  }
}

const rulesOf = ({ registry, organizationId }: RegistryProps) => ({
  organizationId,
  runningTagPrefix: names.RUNNING_TAG_PREFIX,
  keepImages: registry.keepImages,
  expireUntaggedAfterDays: registry.expireUntaggedAfterDays,
});

/** A repository's policy names the organization. */
function missingFacts(fleet: Fleet, management: Account): MissingFact[] {
  return fleet.facts[management.name]?.organizationId === undefined
    ? [
        {
          account: management.name,
          fact: "organizationId",
          needed: "to let the organization's accounts pull images",
        },
      ]
    : [];
}

export const registryStacks: StackKind = (fleet, account) => {
  const { registry } = account;
  if (registry === undefined) return [];
  const management = accountOfKind(fleet, "management") ?? account;
  const organizationId = fleet.facts[management.name]?.organizationId ?? "";
  const waitsFor = missingFacts(fleet, management);
  const common = { fleet, account, registry, organizationId };
  return [
    {
      account,
      concern: "registry",
      waitsFor: registry.replicateTo === undefined ? [] : waitsFor,
      build: (scope, options) => new RegistryStack(scope, { ...common, ...options }),
    },
    ...[...servicesByRepository(fleet)]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([repository, services]): PlannedStack => ({
        account,
        concern: "registry",
        name: deliveryName(repository),
        waitsFor,
        build: (scope, options) => new ImagesStack(scope, { ...common, repository, services, ...options }),
      })),
  ];
};

import type { Construct } from "constructs";
import type { Account } from "../environments/schema/account";
import { accountOfKind, repositories } from "../environments/schema/fleet";
import { Repository } from "../modules/delivery/repository";
import { read } from "./contract";
import { keysContract } from "./contracts";
import { PlatformStack, type PlatformStackProps } from "./platform-stack";
import type { MissingFact, StackKind } from "./stack-kind";

interface RegistryProps extends Omit<PlatformStackProps, "concern"> {
  readonly registry: NonNullable<Account["registry"]>;
  readonly organizationId: string;
}

/** The organization's images: a repository for each service, pulled by every account and by nobody else. */
export class RegistryStack extends PlatformStack {
  constructor(scope: Construct, props: RegistryProps) {
    super(scope, { ...props, concern: "registry" });
    const { dataKeyArn } = read(this, keysContract);
    for (const repositoryName of repositories(this.fleet)) {
      new Repository(this, repositoryName.replaceAll(/[/.]/g, "_"), {
        repositoryName,
        kmsKeyArn: dataKeyArn,
        organizationId: props.organizationId,
        keepImages: props.registry.keepImages,
        expireUntaggedAfterDays: props.registry.expireUntaggedAfterDays,
        protection: this.protection,
      });
    }
  }
}

export const registryStacks: StackKind = (fleet, account) => {
  const { registry } = account;
  if (registry === undefined) return [];
  const management = accountOfKind(fleet, "management") ?? account;
  const organizationId = fleet.facts[management.name]?.organizationId;
  const waitsFor: MissingFact[] =
    organizationId === undefined
      ? [
          {
            account: management.name,
            fact: "organizationId",
            needed: "to let the organization's accounts pull images",
          },
        ]
      : [];
  return [
    {
      account,
      concern: "registry",
      waitsFor,
      build: (scope, options) =>
        new RegistryStack(scope, {
          fleet,
          account,
          registry,
          organizationId: organizationId ?? "",
          ...options,
        }),
    },
  ];
};

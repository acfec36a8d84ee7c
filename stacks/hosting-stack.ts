import type { Construct } from "constructs";
import type { Account } from "../environments/schema/account";
import { answersFor } from "../environments/schema/fleet";
import { defaultCapacityProvider } from "../environments/schema/resolve-services";
import * as names from "../environments/schema/names";
import { Cluster } from "../modules/compute/cluster";
import { publish, read } from "./contract";
import { clusterContract, keysContract } from "./contracts";
import { addInstances } from "./hosting/instances";
import { addLoadBalancers } from "./hosting/load-balancers";
import { PlatformStack, type PlatformStackProps } from "./platform-stack";
import { undelegatedZone } from "./public-zone";
import type { StackKind } from "./stack-kind";

type Hosting = NonNullable<Account["hosting"]>;

export const execLogGroup = (account: Account) => `/slipway/${account.name}/hosting/exec`;

/** Where services run: the ECS cluster, and the load balancers in front of it. */
export class HostingStack extends PlatformStack {
  constructor(scope: Construct, props: Omit<PlatformStackProps, "concern"> & { readonly hosting: Hosting }) {
    super(scope, { ...props, concern: "hosting" });
    const { account } = this;
    const { hosting } = props;
    const { capabilities } = account;
    const { dataKeyArn, logsKeyArn } = read(this, keysContract);
    const { cluster } = new Cluster(this, "compute", {
      clusterName: names.cluster(account),
      containerInsights: capabilities.containerInsights,
      dataKeyArn,
      logsKeyArn,
      execLogGroupName: execLogGroup(account),
      execLogRetentionInDays: capabilities.auditLogRetentionDays,
      defaultCapacityProvider: names.capacityProvider(account, defaultCapacityProvider(account)),
      instances: (made) => addInstances(this, hosting, made),
    });
    publish(this, clusterContract, {
      clusterArn: cluster.arn,
      clusterName: names.cluster(account),
    });
    if (Object.keys(hosting.loadBalancers).length > 0) addLoadBalancers(this, hosting);
  }
}

export const hostingStacks: StackKind = (fleet, account) => {
  const { hosting } = account;
  if (hosting === undefined) return [];
  return [
    {
      account,
      concern: "hosting",
      lacks:
        Object.keys(hosting.loadBalancers).length === 0
          ? []
          : [account, answersFor(fleet, account)].flatMap((each) =>
              each === undefined ? [] : undelegatedZone(fleet, each),
            ),
      build: (scope, options) => new HostingStack(scope, { fleet, account, hosting, ...options }),
    },
  ];
};

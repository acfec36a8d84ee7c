import type { Construct } from "constructs";
import type { Account, Account as WithNetwork } from "../environments/schema/account";
import { formatCidr, parseCidr, tierSubnet } from "../environments/schema/cidr";
import { migrationsIn, parentZoneOf, type Fleet } from "../environments/schema/fleet";
import * as names from "../environments/schema/names";
import { Endpoints } from "../modules/network/endpoints";
import { FlowLogs } from "../modules/network/flow-logs";
import { Vpc, type ZoneLayout } from "../modules/network/vpc";
import { Zones } from "../modules/network/zones";
import { publish, read } from "./contract";
import { egressContract, keysContract, routesContract, vpcContract, zonesContract } from "./contracts";
import { PlatformStack, type PlatformStackProps } from "./platform-stack";
import type { MissingFact, StackKind } from "./stack-kind";

type Network = NonNullable<WithNetwork["network"]>;

/** The account's VPC, its endpoints and flow logs, its DNS zones. */
export class NetworkStack extends PlatformStack {
  constructor(scope: Construct, props: Omit<PlatformStackProps, "concern"> & { readonly network: Network }) {
    super(scope, { ...props, concern: "network" });
    const { account, fleet, protection } = this;
    const { network } = props;
    const { capabilities, region } = account;
    const name = names.vpc(account);
    const vpc = new Vpc(this, "network", {
      vpcName: name,
      cidrBlock: network.cidrBlock,
      zones: zoneLayout(network, region),
      natGateways: capabilities.natGateways,
      protection,
    });
    new Endpoints(this, "endpoints", {
      network: vpc,
      name,
      region,
      cidrBlock: network.cidrBlock,
      accountId: account.id,
      interfaceEndpoints: capabilities.interfaceEndpoints,
      subnets: vpc.privateSubnets,
      patched: Object.keys(account.data?.mysqlClusters ?? {}).length > 0,
    });
    new FlowLogs(this, "flow_logs", {
      vpcId: vpc.vpc.id,
      logGroupName: `/slipway/${account.name}/network/flow-logs`,
      roleName: `${account.name}-flow-logs`,
      rolePath: names.WORKLOAD_ROLE_PATH,
      boundaryArn: names.boundaryArn(account),
      accountId: account.id,
      region,
      kmsKeyArn: read(this, keysContract).logsKeyArn,
      retentionInDays: capabilities.auditLogRetentionDays,
      protection,
    });
    const zones = new Zones(this, "zones", {
      vpcId: vpc.vpc.id,
      publicZone: network.publicZone,
      privateZone: names.privateZone(network.publicZone),
      namespace: names.discoveryNamespace(network.publicZone),
      delegations: delegatedZones(fleet, account).flatMap(({ child, nameServers }) =>
        nameServers === undefined
          ? []
          : [{ account: child.name, zone: child.network.publicZone, nameServers }],
      ),
      protection,
    });
    publish(this, vpcContract, {
      vpcId: vpc.vpc.id,
      cidrBlock: network.cidrBlock,
      publicSubnetIds: vpc.publicSubnets.map((subnet) => subnet.id),
      privateSubnetIds: vpc.privateSubnets.map((subnet) => subnet.id),
      isolatedSubnetIds: vpc.isolatedSubnets.map((subnet) => subnet.id),
    });
    if (Object.keys(network.siteToSiteVpns).length > 0)
      publish(this, routesContract, { innerRouteTableIds: vpc.innerRouteTables.map((table) => table.id) });
    if (migrationsIn(fleet, account).some((migration) => migration.network.path === "egress"))
      publish(this, egressContract, { publicIps: vpc.publicIps });
    publish(this, zonesContract, {
      publicZoneId: zones.publicZone.zoneId,
      publicZoneName: network.publicZone,
      publicNameServers: zones.publicZone.nameServers,
      privateZoneId: zones.privateZone.zoneId,
      privateZoneName: names.privateZone(network.publicZone),
      namespaceId: zones.namespace.id,
      namespaceName: names.discoveryNamespace(network.publicZone),
    });
  }
}

function zoneLayout(network: Network, region: string): ZoneLayout[] {
  const vpc = parseCidr(network.cidrBlock);
  return network.availabilityZones.map((letter, position) => ({
    letter,
    availabilityZone: `${region}${letter}`,
    publicCidr: formatCidr(tierSubnet(vpc, "public", position)),
    privateCidr: formatCidr(tierSubnet(vpc, "private", position)),
    isolatedCidr: formatCidr(tierSubnet(vpc, "isolated", position)),
  }));
}

/** The zones whose nearest parent is this account's, and their name servers where they are recorded. */
function delegatedZones(fleet: Fleet, parent: Account) {
  return fleet.accounts.flatMap((child) => {
    if (child.network === undefined || parentZoneOf(fleet, child.network.publicZone)?.name !== parent.name)
      return [];
    return [
      {
        child: { name: child.name, network: child.network },
        nameServers: fleet.facts[child.name]?.publicZone?.nameServers,
      },
    ];
  });
}

/** Delegations that cannot be made yet, since the child's name servers are not recorded. */
export function missingDelegations(fleet: Fleet, parent: Account): MissingFact[] {
  return delegatedZones(fleet, parent)
    .filter(({ nameServers }) => nameServers === undefined)
    .map(({ child }) => ({
      account: child.name,
      fact: "publicZone",
      needed: `to delegate ${child.network.publicZone}`,
    }));
}

export const networkStacks: StackKind = (fleet, account) => {
  const { network } = account;
  if (network === undefined) return [];
  return [
    {
      account,
      concern: "network",
      lacks: missingDelegations(fleet, account),
      build: (scope, options) => new NetworkStack(scope, { fleet, account, network, ...options }),
    },
  ];
};

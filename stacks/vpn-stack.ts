import { VpnGateway } from "@cdktf/provider-aws/lib/vpn-gateway";
import { VpnGatewayRoutePropagation } from "@cdktf/provider-aws/lib/vpn-gateway-route-propagation";
import { Fn } from "cdktf";
import type { Construct } from "constructs";
import type { Account } from "../environments/schema/account";
import * as names from "../environments/schema/names";
import { SiteToSiteVpn } from "../modules/network/site-to-site-vpn";
import { read } from "./contract";
import { keysContract, routesContract, topicsContract, vpcContract } from "./contracts";
import { PlatformStack, type PlatformStackProps } from "./platform-stack";
import type { StackKind } from "./stack-kind";

type Network = NonNullable<Account["network"]>;

/** One of the isolated subnets, and one of the private subnets of each zone. */
const innerRouteTables = ({ availabilityZones }: Network) => availabilityZones.length + 1;

/** The account's VPNs to other networks, behind the one gateway that a VPC can have; routes come and go with them. */
export class VpnStack extends PlatformStack {
  constructor(scope: Construct, props: Omit<PlatformStackProps, "concern"> & { readonly network: Network }) {
    super(scope, { ...props, concern: "vpn" });
    const { account, protection } = this;
    const { network } = props;
    const { innerRouteTableIds } = read(this, routesContract);
    const gateway = new VpnGateway(this, "gateway", {
      vpcId: read(this, vpcContract).vpcId,
      tags: { Name: names.vpc(account) },
    });
    for (let index = 0; index < innerRouteTables(network); index += 1) {
      new VpnGatewayRoutePropagation(this, `routes_${index}`, {
        vpnGatewayId: gateway.id,
        routeTableId: Fn.element(innerRouteTableIds, index),
      });
    }
    for (const [vpn, { customerGateway, ...definition }] of Object.entries(network.siteToSiteVpns).sort(
      ([a], [b]) => (a < b ? -1 : 1),
    )) {
      new SiteToSiteVpn(this, vpn.replaceAll("-", "_"), {
        name: names.siteToSiteVpn(account, vpn),
        vpnGatewayId: gateway.id,
        ...customerGateway,
        ...definition,
        logGroupName: names.vpnLogGroup(account, vpn),
        logsKeyArn: read(this, keysContract).logsKeyArn,
        retentionInDays: account.capabilities.auditLogRetentionDays,
        protection,
        ...read(this, topicsContract),
      });
    }
  }
}

export const vpnStacks: StackKind = (fleet, account) => {
  const { network } = account;
  if (network === undefined || Object.keys(network.siteToSiteVpns).length === 0) return [];
  return [
    {
      account,
      concern: "vpn",
      build: (scope, options) => new VpnStack(scope, { fleet, account, network, ...options }),
    },
  ];
};

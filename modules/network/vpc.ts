import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc as AwsVpc } from "@cdktf/provider-aws/lib/vpc";
import { Construct } from "constructs";

/** A zone and the ranges of its three subnets. */
export interface ZoneLayout {
  /** Zone letter; it is part of the subnets' addresses. */
  readonly letter: string;
  readonly availabilityZone: string;
  readonly publicCidr: string;
  readonly privateCidr: string;
  readonly isolatedCidr: string;
}

export interface VpcProps {
  readonly vpcName: string;
  readonly cidrBlock: string;
  readonly zones: readonly ZoneLayout[];
  readonly natGateways: "none" | "one" | "perZone";
  /** Whether Terraform refuses to destroy the VPC. */
  readonly protection: boolean;
}

const ANYWHERE = "0.0.0.0/0";

/**
 * A VPC with public subnets (load balancers, NAT), private ones (tasks) and isolated ones (stores, no way out).
 * https://docs.aws.amazon.com/vpc/latest/userguide/vpc-example-private-subnets-nat.html
 */
export class Vpc extends Construct {
  readonly vpc: AwsVpc;
  readonly publicSubnets: Subnet[] = [];
  readonly privateSubnets: Subnet[] = [];
  readonly isolatedSubnets: Subnet[] = [];
  /** Route tables of the private and the isolated subnets, to which gateway endpoints belong. */
  readonly innerRouteTables: RouteTable[] = [];
  /** Fixed addresses from which private subnets reach the internet, one a NAT gateway. */
  readonly publicIps: string[] = [];

  constructor(scope: Construct, id: string, props: VpcProps) {
    super(scope, id);
    this.vpc = new AwsVpc(this, "vpc", {
      cidrBlock: props.cidrBlock,
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: { Name: props.vpcName },
      lifecycle: { preventDestroy: props.protection },
    });
    // Takes every rule from the group that AWS makes on its own, so that nothing works by accident.
    new DefaultSecurityGroup(this, "default_group", {
      vpcId: this.vpc.id,
      tags: { Name: `${props.vpcName}-default-unused` },
    });

    const gateway = new InternetGateway(this, "internet_gateway", {
      vpcId: this.vpc.id,
      tags: { Name: props.vpcName },
    });
    const publicTable = this.routeTable("public", props.vpcName);
    new Route(this, "public_internet", {
      routeTableId: publicTable.id,
      destinationCidrBlock: ANYWHERE,
      gatewayId: gateway.id,
    });
    const isolatedTable = this.routeTable("isolated", props.vpcName);
    this.innerRouteTables.push(isolatedTable);

    const nats: NatGateway[] = [];
    for (const zone of props.zones) {
      const publicSubnet = this.subnet("public", zone, zone.publicCidr, publicTable, props.vpcName);
      this.publicSubnets.push(publicSubnet);
      if (props.natGateways === "perZone" || (props.natGateways === "one" && nats.length === 0)) {
        nats.push(this.natGateway(zone, publicSubnet, gateway, props.vpcName));
      }
      const privateTable = this.routeTable(`private_${zone.letter}`, props.vpcName);
      this.innerRouteTables.push(privateTable);
      const nat = nats.at(-1);
      if (nat !== undefined) {
        new Route(this, `private_${zone.letter}_internet`, {
          routeTableId: privateTable.id,
          destinationCidrBlock: ANYWHERE,
          natGatewayId: nat.id,
        });
      }
      this.privateSubnets.push(this.subnet("private", zone, zone.privateCidr, privateTable, props.vpcName));
      this.isolatedSubnets.push(
        this.subnet("isolated", zone, zone.isolatedCidr, isolatedTable, props.vpcName),
      );
    }
  }

  private routeTable(id: string, vpcName: string): RouteTable {
    return new RouteTable(this, `${id}_routes`, {
      vpcId: this.vpc.id,
      tags: { Name: `${vpcName}-${id.replaceAll("_", "-")}` },
    });
  }

  private subnet(
    tier: string,
    zone: ZoneLayout,
    cidrBlock: string,
    table: RouteTable,
    vpcName: string,
  ): Subnet {
    const subnet = new Subnet(this, `${tier}_${zone.letter}`, {
      vpcId: this.vpc.id,
      cidrBlock,
      availabilityZone: zone.availabilityZone,
      mapPublicIpOnLaunch: false,
      tags: { Name: `${vpcName}-${tier}-${zone.letter}`, tier },
    });
    new RouteTableAssociation(this, `${tier}_${zone.letter}_association`, {
      subnetId: subnet.id,
      routeTableId: table.id,
    });
    return subnet;
  }

  private natGateway(
    zone: ZoneLayout,
    subnet: Subnet,
    gateway: InternetGateway,
    vpcName: string,
  ): NatGateway {
    const tags = { Name: `${vpcName}-nat-${zone.letter}` };
    const address = new Eip(this, `nat_${zone.letter}_address`, {
      domain: "vpc",
      tags,
      dependsOn: [gateway],
    });
    this.publicIps.push(address.publicIp);
    return new NatGateway(this, `nat_${zone.letter}`, {
      allocationId: address.id,
      subnetId: subnet.id,
      tags,
      dependsOn: [gateway],
    });
  }
}

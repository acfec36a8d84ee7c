import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Route53Zone } from "@cdktf/provider-aws/lib/route53-zone";
import { ServiceDiscoveryPrivateDnsNamespace } from "@cdktf/provider-aws/lib/service-discovery-private-dns-namespace";
import { Construct } from "constructs";

export interface ZonesProps {
  readonly vpcId: string;
  readonly publicZone: string;
  /** Zone of the internal load balancers' names. */
  readonly privateZone: string;
  /** Zone that Cloud Map makes and owns; of another name, since two zones of one name would hide each other. */
  readonly namespace: string;
  /** Zones below this one, by account, and the name servers to delegate them to. */
  readonly delegations: readonly {
    readonly account: string;
    readonly zone: string;
    readonly nameServers: readonly string[];
  }[];
  /** Whether Terraform refuses to destroy the public zone: a new one has other name servers. */
  readonly protection: boolean;
}

/** An account's DNS: a public zone, a private zone, a namespace for tasks. */
export class Zones extends Construct {
  readonly publicZone: Route53Zone;
  readonly privateZone: Route53Zone;
  readonly namespace: ServiceDiscoveryPrivateDnsNamespace;

  constructor(scope: Construct, id: string, props: ZonesProps) {
    super(scope, id);
    this.publicZone = new Route53Zone(this, "public", {
      name: props.publicZone,
      comment: "Public names of this account",
      lifecycle: { preventDestroy: props.protection },
    });
    this.privateZone = new Route53Zone(this, "private", {
      name: props.privateZone,
      comment: "Names of internal load balancers and stores",
      vpc: [{ vpcId: props.vpcId }],
      forceDestroy: !props.protection,
    });
    this.namespace = new ServiceDiscoveryPrivateDnsNamespace(this, "namespace", {
      name: props.namespace,
      description: "Names of tasks",
      vpc: props.vpcId,
    });
    for (const { account, zone, nameServers } of props.delegations) {
      new Route53Record(this, `delegation_${account}`, {
        zoneId: this.publicZone.zoneId,
        name: zone,
        type: "NS",
        ttl: 3600,
        records: [...nameServers],
      });
    }
  }
}

import { Lb } from "@cdktf/provider-aws/lib/lb";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

export interface NetworkLoadBalancerProps {
  readonly loadBalancerName: string;
  readonly scheme: "internet-facing" | "internal";
  readonly vpcId: string;
  readonly vpcCidrBlock: string;
  readonly subnetIds: string[];
  readonly accessLogsBucket: string;
  /** The bucket's policy, without which AWS refuses to turn logging on. */
  readonly accessLogsReady: ITerraformDependable;
  /** Whether AWS refuses to delete it. */
  readonly protection: boolean;
}

/**
 * A Network Load Balancer without a listener: services bring their own, and what may come in there. It has a security
 * group from the start, since AWS takes none later.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html
 */
export class NetworkLoadBalancer extends Construct {
  readonly loadBalancer: Lb;
  readonly group: SecurityGroup;

  constructor(scope: Construct, id: string, props: NetworkLoadBalancerProps) {
    super(scope, id);
    this.group = new SecurityGroup(this, "group", {
      namePrefix: `${props.loadBalancerName}-`,
      description: "What reaches the listeners of services",
      vpcId: props.vpcId,
      tags: { Name: props.loadBalancerName },
      lifecycle: { createBeforeDestroy: true },
    });
    for (const protocol of ["tcp", "udp"]) {
      new VpcSecurityGroupEgressRule(this, `group_targets_${protocol}`, {
        securityGroupId: this.group.id,
        description: "To tasks",
        ipProtocol: protocol,
        fromPort: 1,
        toPort: 65535,
        cidrIpv4: props.vpcCidrBlock,
      });
    }
    this.loadBalancer = new Lb(this, "load_balancer", {
      name: props.loadBalancerName,
      internal: props.scheme === "internal",
      loadBalancerType: "network",
      subnets: props.subnetIds,
      securityGroups: [this.group.id],
      // Tasks are not spread over zones as connections are.
      enableCrossZoneLoadBalancing: true,
      enableDeletionProtection: props.protection,
      accessLogs: { bucket: props.accessLogsBucket, prefix: props.loadBalancerName, enabled: true },
      lifecycle: { preventDestroy: props.protection },
      dependsOn: [props.accessLogsReady],
    });
  }
}

import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

export interface ServiceGroupProps {
  /** Beginning of the group's name. */
  readonly name: string;
  readonly description: string;
  readonly vpcId: string;
  readonly vpcCidrBlock: string;
  /** Port on which services of the VPC reach the tasks by name. @default none */
  readonly discoveredPort?: number;
  /** Ports on which its tasks reach each other. @default none */
  readonly peerPorts?: readonly number[];
  /** Outbound traffic beyond HTTPS and the VPC. */
  readonly egress: readonly {
    readonly description: string;
    readonly protocol: string;
    readonly port: number;
    readonly cidrBlock: string;
  }[];
}

/** The security group of a service's tasks: out by HTTPS and into the VPC; in by name, where it has one. */
export class ServiceGroup extends Construct {
  readonly group: SecurityGroup;
  /** Without them tasks start that nothing reaches, or that reach nothing; they outlive the last task. */
  readonly rules: ITerraformDependable[] = [];

  constructor(scope: Construct, id: string, props: ServiceGroupProps) {
    super(scope, id);
    this.group = new SecurityGroup(this, "group", {
      namePrefix: `${props.name}-`,
      description: props.description,
      vpcId: props.vpcId,
      tags: { Name: props.name },
      lifecycle: { createBeforeDestroy: true },
    });
    const securityGroupId = this.group.id;
    if (props.discoveredPort !== undefined) {
      this.rules.push(
        new VpcSecurityGroupIngressRule(this, "discovery", {
          securityGroupId,
          description: "From services that find its tasks by name",
          ipProtocol: "tcp",
          fromPort: props.discoveredPort,
          toPort: props.discoveredPort,
          cidrIpv4: props.vpcCidrBlock,
        }),
      );
    }
    for (const port of props.peerPorts ?? []) {
      this.rules.push(
        new VpcSecurityGroupIngressRule(this, `peer_${port}`, {
          securityGroupId,
          description: "From the service's other tasks",
          ipProtocol: "tcp",
          fromPort: port,
          toPort: port,
          referencedSecurityGroupId: securityGroupId,
        }),
      );
    }
    const allowOut = (
      name: string,
      description: string,
      protocol: string,
      from: number,
      to: number,
      cidrIpv4: string,
    ) =>
      this.rules.push(
        new VpcSecurityGroupEgressRule(this, name, {
          securityGroupId,
          description,
          ipProtocol: protocol,
          fromPort: from,
          toPort: to,
          cidrIpv4,
        }),
      );
    allowOut("vpc", "To services, stores and endpoints in the VPC", "tcp", 1, 65535, props.vpcCidrBlock);
    allowOut("https", "HTTPS to AWS and partners", "tcp", 443, 443, "0.0.0.0/0");
    for (const { description, protocol, port, cidrBlock } of props.egress) {
      allowOut(
        `${protocol}_${port}_${cidrBlock.replaceAll(/[./]/g, "_")}`,
        description,
        protocol,
        port,
        port,
        cidrBlock,
      );
    }
  }
}

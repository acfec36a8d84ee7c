import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";

export interface StoreGroupsProps {
  /** Beginning of the groups' names. */
  readonly name: string;
  readonly vpcId: string;
  /** TCP port of the store. */
  readonly port: number;
  /** Last of its ports, where it has several. @default `port` */
  readonly toPort?: number;
}

/**
 * Two security groups: the store's, and the one that its clients join, which is all that gets in.
 * https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html#security-group-referencing
 */
export class StoreGroups extends Construct {
  readonly client: SecurityGroup;
  readonly server: SecurityGroup;

  constructor(scope: Construct, id: string, { name, vpcId, port, toPort = port }: StoreGroupsProps) {
    super(scope, id);
    const group = (role: string, description: string) =>
      new SecurityGroup(this, role, {
        namePrefix: `${name}-${role}-`,
        description,
        vpcId,
        tags: { Name: `${name}-${role}` },
        lifecycle: { createBeforeDestroy: true },
      });
    this.client = group("client", `May reach ${name}`);
    this.server = group("server", `${name}, for its clients only`);
    const ports = { ipProtocol: "tcp", fromPort: port, toPort };
    new VpcSecurityGroupIngressRule(this, "server_in", {
      ...ports,
      securityGroupId: this.server.id,
      description: "From its clients",
      referencedSecurityGroupId: this.client.id,
    });
    new VpcSecurityGroupEgressRule(this, "client_out", {
      ...ports,
      securityGroupId: this.client.id,
      description: `To ${name}`,
      referencedSecurityGroupId: this.server.id,
    });
  }
}

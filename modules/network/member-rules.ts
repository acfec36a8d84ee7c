import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";

export interface MemberRulesProps {
  /** The group that all members are in. */
  readonly securityGroupId: string;
  /** TCP port on which they reach each other. */
  readonly port: number;
}

/** What instances that are a store need beside their clients: each other, and AWS by HTTPS. */
export class MemberRules extends Construct {
  constructor(scope: Construct, id: string, { securityGroupId, port }: MemberRulesProps) {
    super(scope, id);
    const among = {
      securityGroupId,
      referencedSecurityGroupId: securityGroupId,
      ipProtocol: "tcp",
      fromPort: port,
      toPort: port,
    };
    new VpcSecurityGroupIngressRule(this, "in", { ...among, description: "From other members" });
    new VpcSecurityGroupEgressRule(this, "out", { ...among, description: "To other members" });
    new VpcSecurityGroupEgressRule(this, "https", {
      securityGroupId,
      description: "HTTPS to the VPC's endpoints",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrIpv4: "0.0.0.0/0",
    });
  }
}

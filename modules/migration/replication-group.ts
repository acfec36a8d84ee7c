import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { Construct } from "constructs";

/** An end that replication reaches at addresses; stores of the account are reached by their client groups instead. */
export interface Reached {
  /** Last part of its rules' addresses, such as `source`. */
  readonly end: string;
  readonly description: string;
  readonly port: number;
  readonly cidrBlocks: readonly string[];
}

export interface ReplicationGroupProps {
  /** Beginning of the group's name. */
  readonly name: string;
  readonly vpcId: string;
  readonly reached: readonly Reached[];
  /** Range in which AWS's own services answer by HTTPS: the VPC's, or any where it has no endpoint for secrets. */
  readonly servicesCidrBlock: string;
  /** Prefix list of S3, for buckets. @default none is reached */
  readonly bucketsPrefixListId?: string;
}

/** The security group of what replicates: nothing comes in, and it gets to the two ends and to AWS, no further. */
export class ReplicationGroup extends Construct {
  readonly id: string;

  constructor(scope: Construct, id: string, props: ReplicationGroupProps) {
    super(scope, id);
    const group = new SecurityGroup(this, "group", {
      namePrefix: `${props.name}-`,
      description: `Replication of ${props.name}`,
      vpcId: props.vpcId,
      tags: { Name: props.name },
      lifecycle: { createBeforeDestroy: true },
    });
    this.id = group.id;
    const securityGroupId = group.id;
    const tcp = (port: number) => ({ ipProtocol: "tcp", fromPort: port, toPort: port });
    for (const { end, description, port, cidrBlocks } of props.reached) {
      for (const cidrBlock of cidrBlocks) {
        new VpcSecurityGroupEgressRule(this, `${end}_${cidrBlock.replaceAll(/[./]/g, "_")}`, {
          securityGroupId,
          description,
          ...tcp(port),
          cidrIpv4: cidrBlock,
        });
      }
    }
    new VpcSecurityGroupEgressRule(this, "services", {
      securityGroupId,
      description: "To Secrets Manager and CloudWatch",
      ...tcp(443),
      cidrIpv4: props.servicesCidrBlock,
    });
    if (props.bucketsPrefixListId !== undefined)
      new VpcSecurityGroupEgressRule(this, "buckets", {
        securityGroupId,
        description: "To S3",
        ...tcp(443),
        prefixListId: props.bucketsPrefixListId,
      });
  }
}

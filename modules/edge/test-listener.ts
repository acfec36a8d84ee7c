import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import { TLS_POLICY } from "./load-balancer";

export interface TestListenerProps {
  readonly loadBalancerArn: string;
  /** The load balancer's security group. */
  readonly groupId: string;
  readonly certificateArn: string;
  readonly port: number;
  /** Who may try a version that nobody else sees yet. */
  readonly cidrBlocks: readonly string[];
}

/**
 * A second HTTPS listener of a load balancer, at which a new version answers before it has any traffic.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/alb-resources-for-blue-green.html
 */
export class TestListener extends Construct {
  readonly listener: LbListener;

  constructor(scope: Construct, id: string, props: TestListenerProps) {
    super(scope, id);
    for (const cidrBlock of [...props.cidrBlocks].sort()) {
      new VpcSecurityGroupIngressRule(this, `from_${cidrBlock.replaceAll(/[^0-9]/g, "_")}`, {
        securityGroupId: props.groupId,
        description: "Tests of new versions",
        ipProtocol: "tcp",
        fromPort: props.port,
        toPort: props.port,
        cidrIpv4: cidrBlock,
      });
    }
    this.listener = new LbListener(this, "listener", {
      loadBalancerArn: props.loadBalancerArn,
      port: props.port,
      protocol: "HTTPS",
      sslPolicy: TLS_POLICY,
      certificateArn: props.certificateArn,
      defaultAction: [
        {
          type: "fixed-response",
          fixedResponse: { contentType: "text/plain", messageBody: "No such service", statusCode: "404" },
        },
      ],
    });
  }
}

import type { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

export interface LoadBalancerProps {
  readonly loadBalancerName: string;
  readonly scheme: "internet-facing" | "internal";
  readonly vpcId: string;
  readonly vpcCidrBlock: string;
  readonly subnetIds: string[];
  /** Seconds a connection may be silent. */
  readonly idleTimeout: number;
  readonly certificate: AcmCertificateValidation;
  /** Whether it signs people in, for which it asks the user pool at AWS's public addresses. */
  readonly signsIn: boolean;
  readonly accessLogsBucket: string;
  /** The bucket's policy, without which AWS refuses to turn logging on. */
  readonly accessLogsReady: ITerraformDependable;
  /** Whether AWS refuses to delete it. */
  readonly protection: boolean;
}

/** TLS 1.2 with forward secrecy, and 1.3. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html */
export const TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06";
const ANYWHERE = "0.0.0.0/0";

/** An Application Load Balancer: HTTPS, a redirect from HTTP, and 404 for whatever no service answers. */
export class LoadBalancer extends Construct {
  readonly loadBalancer: Lb;
  readonly httpsListener: LbListener;
  readonly group: SecurityGroup;

  constructor(scope: Construct, id: string, props: LoadBalancerProps) {
    super(scope, id);
    const open = props.scheme === "internet-facing";
    this.group = new SecurityGroup(this, "group", {
      namePrefix: `${props.loadBalancerName}-`,
      description: open ? "HTTP and HTTPS from the internet" : "HTTP and HTTPS from the VPC",
      vpcId: props.vpcId,
      tags: { Name: props.loadBalancerName },
      lifecycle: { createBeforeDestroy: true },
    });
    for (const [name, port] of [
      ["http", 80],
      ["https", 443],
    ] as const) {
      new VpcSecurityGroupIngressRule(this, `group_${name}`, {
        securityGroupId: this.group.id,
        description: port === 80 ? "HTTP, to be redirected" : "HTTPS",
        ipProtocol: "tcp",
        fromPort: port,
        toPort: port,
        cidrIpv4: open ? ANYWHERE : props.vpcCidrBlock,
      });
    }
    new VpcSecurityGroupEgressRule(this, "group_targets", {
      securityGroupId: this.group.id,
      description: "To tasks",
      ipProtocol: "tcp",
      fromPort: 1,
      toPort: 65535,
      cidrIpv4: props.vpcCidrBlock,
    });
    if (props.signsIn) {
      new VpcSecurityGroupEgressRule(this, "group_sign_in", {
        securityGroupId: this.group.id,
        description: "To the user pool that people sign in with",
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
        cidrIpv4: ANYWHERE,
      });
    }

    this.loadBalancer = new Lb(this, "load_balancer", {
      name: props.loadBalancerName,
      internal: !open,
      loadBalancerType: "application",
      subnets: props.subnetIds,
      securityGroups: [this.group.id],
      idleTimeout: props.idleTimeout,
      dropInvalidHeaderFields: true,
      desyncMitigationMode: "defensive",
      enableDeletionProtection: props.protection,
      accessLogs: { bucket: props.accessLogsBucket, prefix: props.loadBalancerName, enabled: true },
      lifecycle: { preventDestroy: props.protection },
      dependsOn: [props.accessLogsReady],
    });
    new LbListener(this, "http", {
      loadBalancerArn: this.loadBalancer.arn,
      port: 80,
      protocol: "HTTP",
      defaultAction: [
        { type: "redirect", redirect: { port: "443", protocol: "HTTPS", statusCode: "HTTP_301" } },
      ],
    });
    this.httpsListener = new LbListener(this, "https", {
      loadBalancerArn: this.loadBalancer.arn,
      port: 443,
      protocol: "HTTPS",
      sslPolicy: TLS_POLICY,
      certificateArn: props.certificate.certificateArn,
      defaultAction: [
        {
          type: "fixed-response",
          fixedResponse: { contentType: "text/plain", messageBody: "No such service", statusCode: "404" },
        },
      ],
    });
  }
}

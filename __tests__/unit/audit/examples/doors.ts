import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Wafv2WebAclAssociation } from "@cdktf/provider-aws/lib/wafv2-web-acl-association";
import type { TerraformStack } from "cdktf";
import { noPublicIngress } from "../../../../modules/audit/guardrails/no-public-ingress";
import { publicLoadBalancerWebAcl } from "../../../../modules/audit/guardrails/public-load-balancer-web-acl";
import type { Example, Fault } from "../audited";

const balancer = (stack: TerraformStack, id: string, internal?: boolean) =>
  new Lb(stack, id, {
    name: id,
    loadBalancerType: "application",
    ...(internal === undefined ? {} : { internal }),
  });
const protect = (stack: TerraformStack, resourceArn: string) =>
  new Wafv2WebAclAssociation(stack, "association", {
    resourceArn,
    webAclArn: "arn:aws:wafv2:eu-central-1:200000000003:regional/webacl/live-public/1",
  });

/** A port open to all of a load balancer that another stack has, beside a listener. */
const port =
  (protocol: string, listenerOf = "mqtt", listenerPort = 8883) =>
  (stack: TerraformStack) => {
    const field = (name: string, of: string) =>
      `\${jsondecode(data.aws_ssm_parameter.hosting_network_load_balancer_${of}.insecure_value).${name}}`;
    new LbListener(stack, "listener", {
      loadBalancerArn: field("arn", listenerOf),
      port: listenerPort,
      protocol,
      defaultAction: [{ type: "forward", targetGroupArn: "arn" }],
    });
    return new VpcSecurityGroupIngressRule(stack, "clients", {
      securityGroupId: field("securityGroupId", "mqtt"),
      ipProtocol: "tcp",
      fromPort: 8883,
      toPort: 8883,
      cidrIpv4: "0.0.0.0/0",
    });
  };

export const DOOR_FAULTS: readonly Fault[] = [
  ...(
    [
      ["a port open to all on which nobody ends TLS", port("TCP")],
      ["one beside the TLS listener of another port", port("TLS", "mqtt", 8884)],
      ["one beside the TLS listener of another load balancer", port("TLS", "other")],
    ] as const
  ).map(([shows, build]) => ({
    guardrail: noPublicIngress,
    shows,
    build,
    address: "aws_vpc_security_group_ingress_rule.clients",
    given: "ports 8883 to 8883 open to 0.0.0.0/0",
  })),
  {
    guardrail: publicLoadBalancerWebAcl,
    shows: "a public load balancer without a firewall",
    build: (stack) => balancer(stack, "public", false),
    address: "aws_lb.public",
    given: "no web ACL",
  },
  {
    guardrail: publicLoadBalancerWebAcl,
    shows: "one beside another that has one",
    build: (stack) => {
      protect(stack, balancer(stack, "public", false).arn);
      return balancer(stack, "other", false);
    },
    address: "aws_lb.other",
    given: "no web ACL",
  },
];

export const DOOR_SOUND: readonly Example[] = [
  {
    guardrail: noPublicIngress,
    shows: "the port of a TLS listener of a Network Load Balancer",
    build: port("TLS"),
  },
  {
    guardrail: publicLoadBalancerWebAcl,
    shows: "a public load balancer behind a firewall",
    build: (stack) => protect(stack, balancer(stack, "public", false).arn),
  },
  {
    guardrail: publicLoadBalancerWebAcl,
    shows: "one that is internal",
    build: (stack) => balancer(stack, "internal", true),
  },
  {
    guardrail: publicLoadBalancerWebAcl,
    shows: "one of the network, which no firewall of the web can stand before",
    build: (stack) => new Lb(stack, "mqtt", { name: "mqtt", internal: false, loadBalancerType: "network" }),
  },
];

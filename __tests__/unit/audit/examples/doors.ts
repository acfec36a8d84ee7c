import { Lb } from "@cdktf/provider-aws/lib/lb";
import { Wafv2WebAclAssociation } from "@cdktf/provider-aws/lib/wafv2-web-acl-association";
import type { TerraformStack } from "cdktf";
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

export const DOOR_FAULTS: readonly Fault[] = [
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

import { findingIf, type Guardrail } from "../guardrail";

/** https://docs.aws.amazon.com/waf/latest/developerguide/how-aws-waf-works-resources.html */
export const publicLoadBalancerWebAcl: Guardrail = {
  id: "public-load-balancer-web-acl",
  controls: ["ELB.16", "CKV2_AWS_28"],
  description: "Application Load Balancers that face the internet stand behind a web ACL",
  types: ["aws_lb", "aws_alb"],
  check: ({ address, attributes }, stack) => {
    const { internal, load_balancer_type: type } = attributes;
    if (internal === true || (type !== undefined && type !== "application")) return [];
    const protectedBy = stack
      .ofType("aws_wafv2_web_acl_association")
      .some((association) => stack.follow(association.attributes["resource_arn"])?.address === address);
    return findingIf(!protectedBy, "no web ACL", "an aws_wafv2_web_acl_association of this load balancer");
  },
};

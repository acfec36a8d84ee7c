import { findingIf, type Guardrail } from "../guardrail";
import { show } from "../values";

/** Where APIs are the only public door, no load balancer is another. */
export const privateAccount: Guardrail = {
  id: "private-account",
  controls: [],
  description: "Accounts without publicLoadBalancers have no load balancer that faces the internet",
  types: ["aws_lb", "aws_alb", "aws_elb"],
  check: ({ attributes: { internal } }, { facts }) =>
    findingIf(
      !facts.publicLoadBalancers && internal !== true,
      `internal ${show(internal)}`,
      "internal true: capabilities.publicLoadBalancers of the account is false",
    ),
};

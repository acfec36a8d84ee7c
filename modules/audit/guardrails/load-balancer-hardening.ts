import { findingIf, type Guardrail } from "../guardrail";
import { block, show } from "../values";

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#load-balancer-attributes */
export const loadBalancerHardening: Guardrail = {
  id: "load-balancer-hardening",
  controls: ["ELB.4", "ELB.5", "ELB.12", "CKV_AWS_91", "CKV_AWS_131", "CKV_AWS_328"],
  description:
    "Load balancers say whether they are internal, drop invalid headers, defend against smuggling, and log",
  types: ["aws_lb", "aws_alb"],
  check: ({ attributes }) => {
    const {
      internal,
      load_balancer_type: type,
      drop_invalid_header_fields: drop,
      desync_mitigation_mode: desync,
    } = attributes;
    const logs = block(attributes["access_logs"]);
    const application = type === undefined || type === "application";
    return [
      ...findingIf(
        typeof internal !== "boolean",
        `internal ${show(internal)}`,
        "true or false: left out, AWS makes it face the internet",
      ),
      ...findingIf(
        application && drop !== true,
        `drop_invalid_header_fields ${show(drop)}`,
        "drop_invalid_header_fields true",
      ),
      ...findingIf(
        application && desync !== undefined && desync !== "defensive" && desync !== "strictest",
        `desync_mitigation_mode ${show(desync)}`,
        "defensive or strictest",
      ),
      ...findingIf(
        logs["enabled"] !== true || logs["bucket"] === undefined,
        `access_logs ${show(attributes["access_logs"])}`,
        "access logs, enabled, into a bucket",
      ),
    ];
  },
};

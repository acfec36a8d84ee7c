import type { AuditedResource } from "../audited-stack";
import { findingIf, type Guardrail } from "../guardrail";
import { block, blocks, show } from "../values";

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html */
const TLS_1_2 = /^ELBSecurityPolicy-(TLS13-1-[23](-(Res|Ext[12]?))?(-FIPS|-PQ)?-20|TLS-1-2-|FS-1-2-)/;

/** Nobody is answered in clear, nor by a TLS that can be broken. */
export const listenerTls: Guardrail = {
  id: "listener-tls",
  controls: ["ELB.1", "ELB.17", "CKV_AWS_2", "CKV_AWS_103"],
  description: "Listeners speak TLS 1.2 or later; HTTP only redirects to HTTPS",
  types: ["aws_lb_listener", "aws_alb_listener", "aws_lb_listener_rule", "aws_alb_listener_rule"],
  check: (resource, stack) => {
    const { protocol, ssl_policy: policy } = resource.attributes;
    if (resource.type.endsWith("_rule")) {
      const listener = stack.follow(resource.attributes["listener_arn"]);
      return findingIf(
        listener?.attributes["protocol"] === "HTTP" && !redirects(resource, "action"),
        `a rule that answers on the HTTP listener ${listener?.address ?? ""}`,
        "a redirect to HTTPS",
      );
    }
    if (protocol === "HTTPS" || protocol === "TLS")
      return findingIf(
        !TLS_1_2.test(String(policy)),
        `ssl_policy ${show(policy)}`,
        "a policy of TLS 1.2 or later",
      );
    return findingIf(
      !(protocol === "HTTP" && redirects(resource, "default_action")),
      `protocol ${show(protocol)} that does not redirect`,
      "HTTPS or TLS, or HTTP that redirects to HTTPS",
    );
  },
};

function redirects({ attributes }: AuditedResource, argument: string): boolean {
  const actions = blocks(attributes[argument]);
  return (
    actions.length > 0 &&
    actions.every(({ type, redirect }) => type === "redirect" && block(redirect)["protocol"] === "HTTPS")
  );
}

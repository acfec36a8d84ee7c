import type { AuditedResource, AuditedStack } from "../audited-stack";
import type { Finding, Guardrail } from "../guardrail";
import { blocks, isExpression, show, strings, type Attributes } from "../values";

/** A range of the VPC whose value only an apply tells: the VPC itself, or the network's contract. */
const OF_VPC =
  /^\$\{(aws_vpc\.[A-Za-z0-9_-]+\.cidr_block|jsondecode\(data\.aws_ssm_parameter\.[A-Za-z0-9_-]+\.insecure_value\)\.cidrBlock)\}$/;
const DOOR_PORTS = [80, 443];

/** Nothing is open to the internet but the doors. */
export const noPublicIngress: Guardrail = {
  id: "no-public-ingress",
  controls: ["EC2.2", "EC2.13", "EC2.18", "EC2.19", "CKV_AWS_24", "CKV_AWS_260", "CKV_AWS_277"],
  description:
    "The internet reaches ports 80 and 443 of internet-facing load balancers, TLS listeners, and nothing else",
  types: [
    "aws_default_security_group",
    "aws_security_group",
    "aws_security_group_rule",
    "aws_vpc_security_group_ingress_rule",
  ],
  check: (resource, stack) => rulesOf(resource).flatMap((rule) => judge(rule, resource, stack)),
};

/** Ingress, whichever of Terraform's three ways it was written in. */
interface Ingress {
  readonly sources: readonly string[];
  readonly prefixLists: readonly string[];
  readonly protocol: unknown;
  readonly from: unknown;
  readonly to: unknown;
  readonly group: unknown;
}

function rulesOf(resource: AuditedResource): Ingress[] {
  const { type, attributes } = resource;
  if (type === "aws_vpc_security_group_ingress_rule") return [ingress(attributes, attributes["ip_protocol"])];
  if (type === "aws_security_group_rule")
    return attributes["type"] === "egress" ? [] : [ingress(attributes, attributes["protocol"])];
  return blocks(attributes["ingress"]).map((rule) => ({
    ...ingress(rule, rule["protocol"]),
    group: `\${${resource.address}.id}`,
  }));
}

function ingress(rule: Attributes, protocol: unknown): Ingress {
  return {
    sources: ["cidr_ipv4", "cidr_ipv6", "cidr_blocks", "ipv6_cidr_blocks"].flatMap((name) =>
      strings(rule[name]),
    ),
    prefixLists: [...strings(rule["prefix_list_id"]), ...strings(rule["prefix_list_ids"])],
    protocol,
    from: rule["from_port"],
    to: rule["to_port"],
    group: rule["security_group_id"],
  };
}

function judge(rule: Ingress, resource: AuditedResource, stack: AuditedStack): Finding[] {
  if (resource.type === "aws_default_security_group")
    return [{ given: "a rule in the VPC's default group", allowed: "none: nothing may work by accident" }];
  const open = [
    ...rule.sources.filter((source) => isPublic(source)),
    ...rule.prefixLists.filter((list) => stack.follow(list)?.type !== "aws_ec2_managed_prefix_list"),
  ];
  if (open.length === 0 || isDoor(rule, stack) || isTlsPort(rule, stack)) return [];
  const ports =
    String(rule.protocol) === "-1"
      ? "every protocol and port"
      : `ports ${show(rule.from)} to ${show(rule.to)}`;
  return [
    {
      given: `${ports} open to ${open.map(show).join(", ")}`,
      allowed:
        "80 and 443, tcp, of an internet-facing load balancer's group, or the port of a TLS listener of a Network Load Balancer; otherwise a security group, the VPC's range, or a range that is known and narrower than /8",
    },
  ];
}

function isDoor({ protocol, from, to, group }: Ingress, stack: AuditedStack): boolean {
  const target = stack.follow(group);
  return (
    protocol === "tcp" &&
    from === to &&
    DOOR_PORTS.some((port) => port === from) &&
    target !== undefined &&
    ["aws_lb", "aws_alb"]
      .flatMap((type) => stack.ofType(type))
      .some(
        ({ attributes }) =>
          attributes["internal"] === false &&
          strings(attributes["security_groups"]).some((id) => stack.follow(id) === target),
      )
  );
}

/** A Network Load Balancer of another stack, and what its contract says of it. */
const OF_NETWORK_LOAD_BALANCER =
  /^\$\{jsondecode\(data\.aws_ssm_parameter\.(hosting_network_load_balancer_[A-Za-z0-9_]+)\.insecure_value\)\.(arn|securityGroupId)\}$/;

/** A port on which the same stack has the load balancer of that group end TLS. */
function isTlsPort({ protocol, from, to, group }: Ingress, stack: AuditedStack): boolean {
  const [, balancer, field] = OF_NETWORK_LOAD_BALANCER.exec(String(group)) ?? [];
  if (protocol !== "tcp" || from !== to || field !== "securityGroupId") return false;
  return stack.ofType("aws_lb_listener").some(({ attributes }) => {
    const [, of, arn] = OF_NETWORK_LOAD_BALANCER.exec(String(attributes["load_balancer_arn"])) ?? [];
    return (
      arn === "arn" && of === balancer && attributes["protocol"] === "TLS" && attributes["port"] === from
    );
  });
}

/** Whether a range holds much of the internet; one that nobody can read counts as if it did. */
function isPublic(cidr: string): boolean {
  if (isExpression(cidr)) return !OF_VPC.test(cidr);
  const length = Number(/\/(\d+)$/.exec(cidr)?.[1] ?? Number.NaN);
  if (Number.isNaN(length)) return true;
  return cidr.includes(":") ? length < 16 : length < 8;
}

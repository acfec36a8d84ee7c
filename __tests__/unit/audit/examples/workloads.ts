import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { Lb, type LbConfig } from "@cdktf/provider-aws/lib/lb";
import { LbListener, type LbListenerConfig } from "@cdktf/provider-aws/lib/lb-listener";
import { LbListenerRule } from "@cdktf/provider-aws/lib/lb-listener-rule";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { TerraformStack } from "cdktf";
import { containerHardening } from "../../../../modules/audit/guardrails/container-hardening";
import { imageRepository } from "../../../../modules/audit/guardrails/image-repository";
import { listenerTls } from "../../../../modules/audit/guardrails/listener-tls";
import { loadBalancerHardening } from "../../../../modules/audit/guardrails/load-balancer-hardening";
import { logRetention } from "../../../../modules/audit/guardrails/log-retention";
import { noPublicAddress } from "../../../../modules/audit/guardrails/no-public-address";
import { noPublicIngress } from "../../../../modules/audit/guardrails/no-public-ingress";
import type { Example, Fault } from "../audited";

type Build = (stack: TerraformStack) => void;

const ANYWHERE = "0.0.0.0/0";

const ingress =
  (source: object, port = 443, protocol = "tcp"): Build =>
  (stack) =>
    new VpcSecurityGroupIngressRule(stack, "rule", {
      securityGroupId: new SecurityGroup(stack, "group", {}).id,
      ipProtocol: protocol,
      fromPort: port,
      toPort: port,
      ...source,
    });
/** An open port of a load balancer's group. */
const door =
  (internal: boolean, port: number): Build =>
  (stack) => {
    const group = new SecurityGroup(stack, "group", {});
    new Lb(stack, "door", { internal, securityGroups: [group.id] });
    new VpcSecurityGroupIngressRule(stack, "rule", {
      securityGroupId: group.id,
      ipProtocol: "tcp",
      fromPort: port,
      toPort: port,
      cidrIpv4: ANYWHERE,
    });
  };

const CONTAINER = {
  name: "app",
  image: "registry.example/app@sha256:0000",
  user: "10001:10001",
  readonlyRootFilesystem: true,
  linuxParameters: { initProcessEnabled: true, capabilities: { drop: ["ALL"] } },
  logConfiguration: { logDriver: "awslogs" },
};
const task =
  (container: object, networkMode = "awsvpc"): Build =>
  (stack) =>
    new EcsTaskDefinition(stack, "task", {
      family: "app",
      networkMode,
      containerDefinitions: JSON.stringify([{ ...CONTAINER, ...container }]),
    });
const balancer =
  (config: Partial<LbConfig>): Build =>
  (stack) =>
    new Lb(stack, "door", {
      internal: true,
      dropInvalidHeaderFields: true,
      accessLogs: { bucket: "logs", enabled: true },
      ...config,
    });
const REDIRECT = [{ type: "redirect", redirect: { protocol: "HTTPS", statusCode: "HTTP_301" } }];
const FORWARD = [{ type: "forward", targetGroupArn: "arn:aws:elasticloadbalancing:::targetgroup/a/b" }];
const listener =
  (config: Partial<LbListenerConfig>): Build =>
  (stack) =>
    new LbListener(stack, "listener", {
      loadBalancerArn: "arn:aws:elasticloadbalancing:::loadbalancer/app/a/b",
      defaultAction: FORWARD,
      ...config,
    });
const IMAGES = {
  name: "app",
  imageTagMutability: "IMMUTABLE",
  imageScanningConfiguration: { scanOnPush: true },
  encryptionConfiguration: [{ encryptionType: "KMS", kmsKey: "arn:aws:kms:eu-central-1:1:key/a" }],
};

const containerFault = (shows: string, container: object, given: string): Fault => ({
  guardrail: containerHardening,
  shows,
  build: task(container),
  address: "aws_ecs_task_definition.task",
  given,
});
const ingressFault = (shows: string, build: Build, given: string): Fault => ({
  guardrail: noPublicIngress,
  shows,
  build,
  address: "aws_vpc_security_group_ingress_rule.rule",
  given,
});

export const WORKLOAD_FAULTS: readonly Fault[] = [
  ingressFault("a task's port open to the internet", ingress({ cidrIpv4: ANYWHERE }), `open to ${ANYWHERE}`),
  ingressFault("IPv6's internet", ingress({ cidrIpv6: "::/0" }), "::/0"),
  ingressFault("half of the internet", ingress({ cidrIpv4: "128.0.0.0/1" }), "128.0.0.0/1"),
  ingressFault("every protocol", ingress({ cidrIpv4: ANYWHERE }, 0, "-1"), "every protocol and port"),
  ingressFault("a range that only an apply tells", ingress({ cidrIpv4: "${local.office}" }), "local.office"),
  ingressFault("a prefix list that nobody knows", ingress({ prefixListId: "pl-1" }), "pl-1"),
  ingressFault("another port of a public load balancer", door(false, 8080), "ports 8080 to 8080"),
  ingressFault("an internal load balancer open to the internet", door(true, 443), ANYWHERE),
  {
    guardrail: noPublicIngress,
    shows: "a rule within a group",
    build: (stack) =>
      new SecurityGroup(stack, "group", {
        ingress: [{ protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: [ANYWHERE] }],
      }),
    address: "aws_security_group.group",
    given: "ports 22 to 22",
  },
  {
    guardrail: noPublicIngress,
    shows: "a group that exists by an override only",
    build: (stack) =>
      stack.addOverride("resource.aws_security_group.hidden", {
        ingress: { protocol: "tcp", from_port: 22, to_port: 22, cidr_blocks: [ANYWHERE] },
      }),
    address: "aws_security_group.hidden",
    given: "ports 22 to 22",
  },
  {
    guardrail: noPublicIngress,
    shows: "a rule in the default group",
    build: (stack) =>
      new DefaultSecurityGroup(stack, "default", { ingress: [{ protocol: "-1", selfAttribute: true }] }),
    address: "aws_default_security_group.default",
    given: "default group",
  },
  {
    guardrail: noPublicAddress,
    shows: "tasks with public addresses",
    build: (stack) =>
      new EcsService(stack, "service", {
        name: "app",
        networkConfiguration: { subnets: ["subnet-1"], assignPublicIp: true },
      }),
    address: "aws_ecs_service.service",
    given: "assign_public_ip true",
  },
  containerFault("a privileged container", { privileged: true }, "privileged"),
  containerFault("root", { user: "0" }, "user 0"),
  containerFault("a user that the image chooses", { user: undefined }, "user nothing"),
  containerFault("a root that can be written", { readonlyRootFilesystem: false }, "readonlyRootFilesystem"),
  containerFault(
    "a capability that is kept",
    { linuxParameters: { initProcessEnabled: true, capabilities: { drop: ["MKNOD"] } } },
    'Linux capabilities ["MKNOD"] dropped',
  ),
  containerFault(
    "no process that reaps others",
    { linuxParameters: { capabilities: { drop: ["ALL"] } } },
    "initProcessEnabled nothing",
  ),
  containerFault("the latest image", { image: "registry.example:5000/app:latest" }, ":latest"),
  containerFault("an image without a tag", { image: "registry.example:5000/app" }, "5000/app"),
  containerFault("no logs", { logConfiguration: undefined }, "no logConfiguration"),
  {
    guardrail: containerHardening,
    shows: "definitions that nobody can read",
    build: (stack) =>
      new EcsTaskDefinition(stack, "task", {
        family: "app",
        networkMode: "awsvpc",
        containerDefinitions: '${file("containers.json")}',
      }),
    address: "aws_ecs_task_definition.task",
    given: "cannot be read",
  },
  {
    guardrail: containerHardening,
    shows: "the host's network",
    build: task({}, "host"),
    address: "aws_ecs_task_definition.task",
    given: "network_mode host",
  },
  {
    guardrail: loadBalancerHardening,
    shows: "a load balancer that is open by default",
    build: balancer({ internal: undefined }),
    address: "aws_lb.door",
    given: "internal nothing",
  },
  {
    guardrail: loadBalancerHardening,
    shows: "invalid headers let through",
    build: balancer({ dropInvalidHeaderFields: false }),
    address: "aws_lb.door",
    given: "drop_invalid_header_fields false",
  },
  {
    guardrail: loadBalancerHardening,
    shows: "no access logs",
    build: balancer({ accessLogs: undefined }),
    address: "aws_lb.door",
    given: "access_logs nothing",
  },
  {
    guardrail: listenerTls,
    shows: "an answer in clear",
    build: listener({ protocol: "HTTP", port: 80 }),
    address: "aws_lb_listener.listener",
    given: "protocol HTTP",
  },
  {
    guardrail: listenerTls,
    shows: "TLS 1.0",
    build: listener({ protocol: "HTTPS", port: 443, sslPolicy: "ELBSecurityPolicy-2016-08" }),
    address: "aws_lb_listener.listener",
    given: "ELBSecurityPolicy-2016-08",
  },
  {
    guardrail: listenerTls,
    shows: "TLS 1.0 beside 1.3",
    build: listener({ protocol: "HTTPS", port: 443, sslPolicy: "ELBSecurityPolicy-TLS13-1-0-2021-06" }),
    address: "aws_lb_listener.listener",
    given: "TLS13-1-0",
  },
  {
    guardrail: listenerTls,
    shows: "a rule that answers beside the redirect",
    build: (stack) => {
      const http = new LbListener(stack, "listener", {
        loadBalancerArn: "arn:aws:elasticloadbalancing:::loadbalancer/app/a/b",
        port: 80,
        protocol: "HTTP",
        defaultAction: REDIRECT,
      });
      new LbListenerRule(stack, "rule", {
        listenerArn: http.arn,
        action: FORWARD,
        condition: [{ hostHeader: { values: ["a.example"] } }],
      });
    },
    address: "aws_lb_listener_rule.rule",
    given: "aws_lb_listener.listener",
  },
  {
    guardrail: imageRepository,
    shows: "tags that move",
    build: (stack) => new EcrRepository(stack, "images", { ...IMAGES, imageTagMutability: "MUTABLE" }),
    address: "aws_ecr_repository.images",
    given: "image_tag_mutability MUTABLE",
  },
  {
    guardrail: imageRepository,
    shows: "images that nobody scans",
    build: (stack) =>
      new EcrRepository(stack, "images", { ...IMAGES, imageScanningConfiguration: undefined }),
    address: "aws_ecr_repository.images",
    given: "scan_on_push nothing",
  },
  {
    guardrail: logRetention,
    shows: "logs kept for ever",
    build: (stack) => new CloudwatchLogGroup(stack, "logs", { name: "/app" }),
    address: "aws_cloudwatch_log_group.logs",
    given: "retention_in_days nothing",
  },
];

export const WORKLOAD_SOUND: readonly Example[] = [
  { guardrail: noPublicIngress, shows: "443 of an internet-facing load balancer", build: door(false, 443) },
  { guardrail: noPublicIngress, shows: "the VPC's range", build: ingress({ cidrIpv4: "10.20.0.0/16" }) },
  {
    guardrail: noPublicIngress,
    shows: "the range that the network stack publishes",
    build: ingress({
      cidrIpv4: "${jsondecode(data.aws_ssm_parameter.network_vpc.insecure_value).cidrBlock}",
    }),
  },
  { guardrail: containerHardening, shows: "a hardened container", build: task({}) },
  {
    guardrail: containerHardening,
    shows: "an image whose digest only an apply tells",
    build: task({ image: 'registry.example/app${local.released ? "@x" : ":none"}' }),
  },
  { guardrail: loadBalancerHardening, shows: "a hardened load balancer", build: balancer({}) },
  {
    guardrail: listenerTls,
    shows: "a redirect",
    build: listener({ protocol: "HTTP", port: 80, defaultAction: REDIRECT }),
  },
  {
    guardrail: listenerTls,
    shows: "TLS 1.2",
    build: listener({ protocol: "HTTPS", port: 443, sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-2021-06" }),
  },
  {
    guardrail: imageRepository,
    shows: "fixed, scanned images",
    build: (stack) => new EcrRepository(stack, "images", IMAGES),
  },
  {
    guardrail: logRetention,
    shows: "logs with a date",
    build: (stack) => new CloudwatchLogGroup(stack, "logs", { name: "/app", retentionInDays: 30 }),
  },
  {
    guardrail: noPublicAddress,
    shows: "private tasks",
    build: (stack) =>
      new EcsService(stack, "service", {
        name: "app",
        networkConfiguration: { subnets: ["subnet-1"], assignPublicIp: false },
      }),
  },
];

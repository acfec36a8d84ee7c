import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { TLS_POLICY } from "./load-balancer";

export interface NetworkDoorProps {
  readonly targetGroupName: string;
  readonly vpcId: string;
  readonly listenerPort: number;
  readonly protocol: "TLS" | "TCP" | "UDP";
  readonly containerPort: number;
  /** The tasks' security group. */
  readonly serviceGroupId: string;
  readonly loadBalancer: {
    readonly arn: string;
    readonly arnSuffix: string;
    readonly securityGroupId: string;
    /** With which it ends TLS. */
    readonly certificateArn: string;
  };
  /** Ranges that may connect. */
  readonly clients: readonly string[];
  /** Security groups whose members may connect beside them, by a part of the rule's address. @default none */
  readonly clientGroups?: Readonly<Record<string, { readonly name: string; readonly groupId: string }>>;
  readonly preserveClientIp: boolean;
  /** Seconds a leaving target finishes its connections. */
  readonly deregistrationDelay: number;
  readonly healthCheck: {
    readonly protocol: "TCP" | "HTTP";
    /** TCP port that is checked; UDP itself cannot be. */
    readonly port: number;
    readonly path: string;
    readonly matcher: string;
    readonly interval: number;
    readonly timeout: number;
    readonly healthyThreshold: number;
    readonly unhealthyThreshold: number;
  };
  readonly alarm: { readonly name: string; readonly description: string; readonly topicArn: string };
}

/** A port of a Network Load Balancer, and the target group behind it. */
export class NetworkDoor extends Construct {
  readonly targetGroup: LbTargetGroup;
  readonly listener: LbListener;
  /** Without them ECS refuses the target group, or nobody reaches it. */
  readonly ready: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: NetworkDoorProps) {
    super(scope, id);
    const { loadBalancer, protocol, healthCheck, containerPort } = props;
    const udp = protocol === "UDP";
    const http = healthCheck.protocol === "HTTP";
    this.targetGroup = new LbTargetGroup(this, "target_group", {
      name: props.targetGroupName,
      vpcId: props.vpcId,
      targetType: "ip",
      // Behind TLS that ends at the load balancer, the VPC is left to carry what it decrypts.
      protocol: udp ? "UDP" : "TCP",
      // ECS registers each task with the container's own port; this one is never used, and a change replaces the group.
      port: 80,
      deregistrationDelay: String(props.deregistrationDelay),
      preserveClientIp: String(udp || props.preserveClientIp),
      // Open connections would hold a task that leaves for ever.
      connectionTermination: true,
      healthCheck: {
        enabled: true,
        protocol: healthCheck.protocol,
        port: healthCheck.port === containerPort && !udp ? "traffic-port" : String(healthCheck.port),
        interval: healthCheck.interval,
        timeout: healthCheck.timeout,
        healthyThreshold: healthCheck.healthyThreshold,
        unhealthyThreshold: healthCheck.unhealthyThreshold,
        ...(http ? { path: healthCheck.path, matcher: healthCheck.matcher } : {}),
      },
      // AWS deletes no group that a listener leads to; one of another protocol has another name.
      lifecycle: { createBeforeDestroy: true },
    });
    this.listener = new LbListener(this, "listener", {
      loadBalancerArn: loadBalancer.arn,
      port: props.listenerPort,
      protocol,
      ...(protocol === "TLS" ? { certificateArn: loadBalancer.certificateArn, sslPolicy: TLS_POLICY } : {}),
      defaultAction: [{ type: "forward", targetGroupArn: this.targetGroup.arn }],
    });
    const clients = props.clients.map(
      (cidrIpv4, index) =>
        new VpcSecurityGroupIngressRule(
          this,
          props.clients.length === 1 ? "clients" : `clients_${index + 1}`,
          {
            securityGroupId: loadBalancer.securityGroupId,
            description: `Clients of port ${props.listenerPort}`,
            ipProtocol: udp ? "udp" : "tcp",
            fromPort: props.listenerPort,
            toPort: props.listenerPort,
            cidrIpv4,
          },
        ),
    );
    const groups = Object.entries(props.clientGroups ?? {}).map(
      ([key, { name, groupId }]) =>
        new VpcSecurityGroupIngressRule(this, `clients_of_${key}`, {
          securityGroupId: loadBalancer.securityGroupId,
          description: `${name}, to port ${props.listenerPort}`,
          ipProtocol: udp ? "udp" : "tcp",
          fromPort: props.listenerPort,
          toPort: props.listenerPort,
          referencedSecurityGroupId: groupId,
        }),
    );
    const ports = [
      { name: "ingress", protocol: udp ? "udp" : "tcp", port: containerPort },
      ...(udp || healthCheck.port !== containerPort
        ? [{ name: "health_check", protocol: "tcp", port: healthCheck.port }]
        : []),
    ];
    const ingress = ports.map(
      ({ name, protocol: ipProtocol, port }) =>
        new VpcSecurityGroupIngressRule(this, name, {
          securityGroupId: props.serviceGroupId,
          description: "From the network load balancer",
          ipProtocol,
          fromPort: port,
          toPort: port,
          referencedSecurityGroupId: loadBalancer.securityGroupId,
        }),
    );
    this.ready = [this.listener, ...clients, ...groups, ...ingress];
    new CloudwatchMetricAlarm(this, "unhealthy", {
      alarmName: props.alarm.name,
      alarmDescription: props.alarm.description,
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      evaluationPeriods: 5,
      treatMissingData: "notBreaching",
      namespace: "AWS/NetworkELB",
      metricName: "UnHealthyHostCount",
      statistic: "Maximum",
      period: 60,
      dimensions: { LoadBalancer: loadBalancer.arnSuffix, TargetGroup: this.targetGroup.arnSuffix },
      alarmActions: [props.alarm.topicArn],
      okActions: [props.alarm.topicArn],
    });
  }
}

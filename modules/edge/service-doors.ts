import { LbListenerRule, type LbListenerRuleAction } from "@cdktf/provider-aws/lib/lb-listener-rule";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";

/** One rule of a load balancer's listener. */
export interface DoorRule {
  /** Fully qualified host name. */
  readonly hostName: string;
  /** Path pattern. @default every path */
  readonly path?: string;
  /** Priority, fixed for life. */
  readonly priority: number;
  /** How people sign in before they are let through. @default not at all */
  readonly authentication?: Authentication;
}

/** A Cognito user pool, and the client by which the load balancer asks it. */
export interface Authentication {
  readonly userPoolArn: string;
  readonly userPoolClientId: string;
  /** Prefix of the sign-in page's domain. */
  readonly userPoolDomain: string;
}

/** A working day, seconds; then people sign in again. AWS's own default is a week. */
const SESSION_TIMEOUT = 8 * 3600;

/** A load balancer that a service stands behind. */
export interface DoorProps {
  readonly targetGroupName: string;
  readonly vpcId: string;
  readonly containerPort: number;
  readonly serviceGroupId: string;
  readonly loadBalancer: {
    readonly arnSuffix: string;
    readonly httpsListenerArn: string;
    readonly securityGroupId: string;
  };
  readonly rules: readonly DoorRule[];
  /** Seconds a leaving target finishes its connections. */
  readonly deregistrationDelay: number;
  /** Seconds a client stays with its task. @default not at all */
  readonly stickinessSeconds?: number;
  readonly healthCheck: {
    readonly path: string;
    readonly matcher: string;
    readonly interval: number;
    readonly timeout: number;
    readonly healthyThreshold: number;
    readonly unhealthyThreshold: number;
  };
}

/** A service's target group behind one load balancer, and its rules. */
export class Door extends Construct {
  readonly targetGroup: LbTargetGroup;
  /** ECS refuses a target group that no listener leads to. */
  readonly rules: LbListenerRule[];
  /** What lets the load balancer reach the tasks. */
  readonly ingress: VpcSecurityGroupIngressRule;
  /** As CloudWatch wants it for requests per target. */
  readonly resourceLabel: string;

  constructor(scope: Construct, id: string, props: DoorProps) {
    super(scope, id);
    const { loadBalancer, healthCheck } = props;
    this.targetGroup = new LbTargetGroup(this, "target_group", {
      name: props.targetGroupName,
      vpcId: props.vpcId,
      targetType: "ip",
      protocol: "HTTP",
      // ECS registers each task with the container's own port; this one is never used, and a change replaces the group.
      port: 80,
      deregistrationDelay: String(props.deregistrationDelay),
      loadBalancingAlgorithmType: "least_outstanding_requests",
      stickiness:
        props.stickinessSeconds === undefined
          ? { type: "lb_cookie", enabled: false }
          : { type: "lb_cookie", enabled: true, cookieDuration: props.stickinessSeconds },
      healthCheck: {
        enabled: true,
        protocol: "HTTP",
        port: "traffic-port",
        path: healthCheck.path,
        matcher: healthCheck.matcher,
        interval: healthCheck.interval,
        timeout: healthCheck.timeout,
        healthyThreshold: healthCheck.healthyThreshold,
        unhealthyThreshold: healthCheck.unhealthyThreshold,
      },
    });
    this.rules = props.rules.map(
      ({ hostName, path, priority, authentication }) =>
        new LbListenerRule(this, `rule_${ruleId(hostName, path)}`, {
          listenerArn: loadBalancer.httpsListenerArn,
          priority,
          action: [
            ...(authentication === undefined ? [] : [authenticate(authentication)]),
            { type: "forward", targetGroupArn: this.targetGroup.arn },
          ],
          condition: [
            { hostHeader: { values: [hostName] } },
            ...(path === undefined ? [] : [{ pathPattern: { values: [path] } }]),
          ],
        }),
    );
    this.ingress = new VpcSecurityGroupIngressRule(this, "ingress", {
      securityGroupId: props.serviceGroupId,
      description: "From the load balancer",
      ipProtocol: "tcp",
      fromPort: props.containerPort,
      toPort: props.containerPort,
      referencedSecurityGroupId: loadBalancer.securityGroupId,
    });
    this.resourceLabel = `${loadBalancer.arnSuffix}/${this.targetGroup.arnSuffix}`;
  }
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html */
function authenticate(authentication: Authentication): LbListenerRuleAction {
  return {
    type: "authenticate-cognito",
    authenticateCognito: {
      ...authentication,
      onUnauthenticatedRequest: "authenticate",
      scope: "email openid profile",
      sessionTimeout: SESSION_TIMEOUT,
    },
  };
}

/** First label of the host, and the path in letters: `orders`, `orders_api`. */
function ruleId(hostName: string, path?: string): string {
  const label = hostName.split(".")[0] ?? hostName;
  const words =
    path
      ?.replaceAll("*", " any ")
      .replaceAll("?", " one ")
      .match(/[A-Za-z0-9-]+/g) ?? [];
  return [label, ...words].join("_");
}

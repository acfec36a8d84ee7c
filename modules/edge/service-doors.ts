import {
  LbListenerRule,
  type LbListenerRuleAction,
  type LbListenerRuleConfig,
} from "@cdktf/provider-aws/lib/lb-listener-rule";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";

/** One rule of a load balancer's listener. */
export interface DoorRule {
  /** Fully qualified host name. */
  readonly hostName: string;
  /** Further names of the same host, fully qualified. @default none */
  readonly otherNames?: readonly string[];
  /** Path pattern. @default every path */
  readonly path?: string;
  /** Priority, fixed for life. */
  readonly priority: number;
  /** Target groups of other services that get a part of it, per cent. @default none */
  readonly shares?: readonly { readonly targetGroupArn: string; readonly weight: number }[];
  /** How people sign in before they are let through. @default not at all */
  readonly authentication?: Authentication;
}

export type Authentication = UserPoolAuthentication | ProviderAuthentication;

/** A Cognito user pool, and the client by which the load balancer asks it. */
export interface UserPoolAuthentication {
  readonly userPoolArn: string;
  readonly userPoolClientId: string;
  /** Prefix of the sign-in page's domain. */
  readonly userPoolDomain: string;
}

/** An identity provider, and the client by which the load balancer asks it. */
export interface ProviderAuthentication {
  readonly issuer: string;
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  readonly userInfoEndpoint: string;
  readonly clientId: string;
  /** A reference; the state holds what it is. */
  readonly clientSecret: string;
  readonly scope: string;
}

/** A working day, seconds; then people sign in again. AWS's own default is a week. */
const SESSION_TIMEOUT = 8 * 3600;

/** A load balancer that a service stands behind. */
export interface DoorProps {
  readonly targetGroupName: string;
  /** How deployments move traffic between two target groups. @default they do not: there is one */
  readonly shift?: {
    /** Name of the second target group. */
    readonly targetGroupName: string;
    /** Who writes where a rule forwards to, from then on. */
    readonly controller: "ECS" | "CODE_DEPLOY";
    /** Listener at which a new version can be tried before it has traffic. @default none */
    readonly testListenerArn?: string;
  };
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
  /** The one that takes turns with it, where deployments move traffic. */
  readonly alternate?: LbTargetGroup;
  /** ECS refuses a target group that no listener leads to. */
  readonly rules: LbListenerRule[];
  /** The same at the listener for tests. */
  readonly testRules: LbListenerRule[];
  readonly listenerArn: string;
  readonly testListenerArn?: string;
  /** What lets the load balancer reach the tasks. */
  readonly ingress: VpcSecurityGroupIngressRule;
  /** As CloudWatch wants it for requests per target. */
  readonly resourceLabel: string;

  constructor(scope: Construct, id: string, props: DoorProps) {
    super(scope, id);
    const { loadBalancer, shift } = props;
    this.targetGroup = this.addTargetGroup("target_group", props.targetGroupName, props);
    if (shift !== undefined)
      this.alternate = this.addTargetGroup("target_group_alternate", shift.targetGroupName, props);
    this.listenerArn = loadBalancer.httpsListenerArn;
    this.rules = this.addRules("rule", this.listenerArn, props);
    if (shift?.testListenerArn !== undefined) this.testListenerArn = shift.testListenerArn;
    this.testRules =
      this.testListenerArn === undefined ? [] : this.addRules("test_rule", this.testListenerArn, props);
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

  private addTargetGroup(id: string, name: string, props: DoorProps): LbTargetGroup {
    const { healthCheck } = props;
    return new LbTargetGroup(this, id, {
      name,
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
  }

  private addRules(prefix: string, listenerArn: string, props: DoorProps): LbListenerRule[] {
    return props.rules.map(
      ({ hostName, otherNames = [], path, priority, authentication, shares = [] }) =>
        new LbListenerRule(this, `${prefix}_${ruleId(hostName, path)}`, {
          listenerArn,
          priority,
          ...this.forwarding(authentication === undefined ? [] : [authenticate(authentication)], {
            controller: props.shift?.controller,
            shares,
            stickinessSeconds: props.stickinessSeconds,
          }),
          condition: [
            { hostHeader: { values: [hostName, ...otherNames] } },
            ...(path === undefined ? [] : [{ pathPattern: { values: [path] } }]),
          ],
        }),
    );
  }

  /** Where a rule forwards to, and what of that a deployment writes. */
  private forwarding(
    before: LbListenerRuleAction[],
    {
      controller,
      shares,
      stickinessSeconds,
    }: {
      readonly controller: "ECS" | "CODE_DEPLOY" | undefined;
      readonly shares: NonNullable<DoorRule["shares"]>;
      readonly stickinessSeconds: number | undefined;
    },
  ): Pick<LbListenerRuleConfig, "action" | "lifecycle"> {
    const forward = { type: "forward", targetGroupArn: this.targetGroup.arn };
    if (shares.length > 0)
      return {
        action: [
          ...before,
          weighted(
            [
              {
                arn: this.targetGroup.arn,
                weight: 100 - shares.reduce((sum, { weight }) => sum + weight, 0),
              },
              ...shares.map(({ targetGroupArn, weight }) => ({ arn: targetGroupArn, weight })),
            ],
            stickinessSeconds,
          ),
        ],
      };
    if (controller === undefined || this.alternate === undefined) return { action: [...before, forward] };
    if (controller === "CODE_DEPLOY")
      return { action: [...before, forward], lifecycle: { ignoreChanges: ["action"] } };
    return {
      action: [
        ...before,
        weighted([
          { arn: this.targetGroup.arn, weight: 100 },
          { arn: this.alternate.arn, weight: 0 },
        ]),
      ],
      lifecycle: { ignoreChanges: [`action[${before.length}].forward[0].target_group`] },
    };
  }
}

const weighted = (
  targetGroup: readonly { readonly arn: string; readonly weight: number }[],
  stickinessSeconds?: number,
): LbListenerRuleAction => ({
  type: "forward",
  forward: {
    targetGroup: [...targetGroup],
    ...(stickinessSeconds === undefined
      ? {}
      : { stickiness: { enabled: true, duration: stickinessSeconds } }),
  },
});

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html */
function authenticate(authentication: Authentication): LbListenerRuleAction {
  if ("issuer" in authentication)
    return {
      type: "authenticate-oidc",
      authenticateOidc: {
        ...authentication,
        onUnauthenticatedRequest: "authenticate",
        sessionTimeout: SESSION_TIMEOUT,
      },
    };
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

import { Construct } from "constructs";
import { forService, stringEquals, trustService, type Statement } from "./policy";
import { Role } from "./role";

export interface RolloutRoleProps {
  readonly roleName: string;
  readonly path: string;
  readonly boundaryArn: string;
  readonly accountId: string;
  readonly serviceName: string;
  /** Target groups that take turns. */
  readonly targetGroupArns: string[];
  /** Listener rules whose traffic is moved; no other rule, and no listener's default. */
  readonly ruleArns: string[];
  /** Who moves it: ECS, or CodeDeploy, which also starts and stops the tasks. */
  readonly controller:
    | { readonly type: "ECS" }
    | {
        readonly type: "CODE_DEPLOY";
        readonly region: string;
        readonly clusterName: string;
        /** Beginning of the names of the service's alarms. */
        readonly alarmPrefix: string;
        /** Roles of the tasks that it starts. */
        readonly taskRoleArns: string[];
      };
}

const DESCRIBE = ["Listeners", "Rules", "TargetGroups", "TargetHealth"].map(
  (what) => `elasticloadbalancing:Describe${what}`,
);

/**
 * The role by which the traffic of one service is moved from its old tasks to its new ones: AWS's managed policies
 * for it reach every load balancer of the account, this one the service's own rules and target groups.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/AmazonECSInfrastructureRolePolicyForLoadBalancers.html
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/codedeploy_IAM_role.html
 */
export class RolloutRole extends Role {
  constructor(scope: Construct, id: string, props: RolloutRoleProps) {
    const { controller, serviceName, accountId } = props;
    super(scope, id, {
      roleName: props.roleName,
      description: `Moves the traffic of ${serviceName} during a deployment`,
      path: props.path,
      boundaryArn: props.boundaryArn,
      // ECS documents no source for its infrastructure roles, and a condition on one might never hold.
      // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/AmazonECSInfrastructureRolePolicyForLoadBalancers.html
      trust: [
        controller.type === "ECS"
          ? { sid: "TrustEcs", actions: ["sts:AssumeRole"], principals: forService("ecs.amazonaws.com") }
          : trustService("codedeploy.amazonaws.com", accountId),
      ],
      statements: [
        // AWS knows no narrower resource for these.
        { sid: "SeeLoadBalancers", actions: DESCRIBE, resources: ["*"] },
        {
          sid: "MoveTraffic",
          actions: ["elasticloadbalancing:ModifyRule"],
          resources: props.ruleArns,
        },
        ...(controller.type === "ECS" ? registerTargets(props) : replaceTasks(props, controller)),
      ],
    });
  }
}

const registerTargets = ({ targetGroupArns }: RolloutRoleProps): Statement[] => [
  {
    sid: "RegisterTasks",
    actions: ["elasticloadbalancing:DeregisterTargets", "elasticloadbalancing:RegisterTargets"],
    resources: targetGroupArns,
  },
];

function replaceTasks(
  { accountId, serviceName }: RolloutRoleProps,
  controller: Extract<RolloutRoleProps["controller"], { readonly type: "CODE_DEPLOY" }>,
): Statement[] {
  const arn = `arn:aws:ecs:${controller.region}:${accountId}`;
  const service = `${controller.clusterName}/${serviceName}`;
  return [
    {
      sid: "ReplaceTasks",
      actions: [
        "ecs:CreateTaskSet",
        "ecs:DeleteTaskSet",
        "ecs:DescribeServices",
        "ecs:UpdateServicePrimaryTaskSet",
      ],
      resources: [`${arn}:service/${service}`, `${arn}:task-set/${service}/*`],
    },
    {
      sid: "HeedAlarms",
      actions: ["cloudwatch:DescribeAlarms"],
      resources: [`arn:aws:cloudwatch:${controller.region}:${accountId}:alarm:${controller.alarmPrefix}-*`],
    },
    {
      sid: "StartTasks",
      actions: ["iam:PassRole"],
      resources: controller.taskRoleArns,
      condition: [stringEquals("iam:PassedToService", "ecs-tasks.amazonaws.com")],
    },
  ];
}

import { actions, here, inRegions, type Grant, type GrantScope } from "./grant";

/** What runs, behind which load balancer, and when. */
export const compute: Grant = {
  concern: "compute",
  description: "ECS, instances and their groups, load balancers, functions, schedules",
  types: [
    "aws_alb",
    "aws_appautoscaling",
    "aws_autoscaling",
    "aws_cloudwatch_event",
    "aws_codedeploy",
    "aws_ecs",
    "aws_lambda",
    "aws_launch_template",
    "aws_lb",
    "aws_scheduler",
  ],
  statements: (scope) => [...containers(scope), ...instances(scope), ...functions(scope)],
};

const containers = (scope: GrantScope) => [
  {
    sid: "MakeContainers",
    actions: actions(
      "ecs",
      "CreateCluster",
      "DeleteAccountSetting",
      "DeregisterTaskDefinition",
      "PutAccountSetting*",
      "RegisterTaskDefinition",
    ),
    resources: ["*"],
    condition: [inRegions(scope)],
  },
  {
    sid: "ManageContainers",
    actions: actions(
      "ecs",
      "CreateCapacityProvider",
      "CreateService",
      "CreateTaskSet",
      "Delete*",
      "PutClusterCapacityProviders",
      "StopServiceDeployment",
      "StopTask",
      "TagResource",
      "UntagResource",
      "Update*",
    ),
    resources: [here(scope, "ecs", "*")],
  },
  {
    sid: "ManageLoadBalancers",
    actions: actions(
      "elasticloadbalancing",
      "Add*",
      "Create*",
      "Delete*",
      "Deregister*",
      "Modify*",
      "Register*",
      "Remove*",
      "Set*",
    ),
    resources: [here(scope, "elasticloadbalancing", "*")],
  },
  {
    sid: "ManageDeploymentGroups",
    actions: actions(
      "codedeploy",
      "Create*",
      "Delete*",
      "RegisterApplicationRevision",
      "StopDeployment",
      "TagResource",
      "UntagResource",
      "Update*",
    ),
    resources: ["application", "deploymentconfig", "deploymentgroup"].map((kind) =>
      here(scope, "codedeploy", `${kind}:${scope.accountName}-*`),
    ),
  },
  {
    sid: "ManageScaling",
    actions: actions(
      "application-autoscaling",
      "Delete*",
      "Deregister*",
      "Put*",
      "Register*",
      "TagResource",
      "UntagResource",
    ),
    resources: [here(scope, "application-autoscaling", "scalable-target/*")],
  },
];

/** An Auto Scaling group starts what its maker may start: the launch template's image, disks and network. */
const instances = (scope: GrantScope) => [
  {
    sid: "ManageGroupsOfInstances",
    actions: actions(
      "autoscaling",
      "Attach*",
      "Cancel*",
      "Complete*",
      "Create*",
      "Delete*",
      "Detach*",
      "Disable*",
      "Enable*",
      "Put*",
      "Resume*",
      "Set*",
      "Start*",
      "Suspend*",
      "TerminateInstanceInAutoScalingGroup",
      "Update*",
    ),
    resources: [here(scope, "autoscaling", "*")],
  },
  {
    sid: "ManageInstances",
    actions: actions("ec2", "*LaunchTemplate*", "CreateTags", "DeleteTags", "RunInstances"),
    resources: [
      here(scope, "ec2", "*"),
      `arn:aws:ec2:${scope.region}::image/*`,
      `arn:aws:ec2:${scope.region}::snapshot/*`,
    ],
  },
];

const functions = (scope: GrantScope) => [
  {
    sid: "MakeEventSources",
    actions: ["lambda:CreateEventSourceMapping"],
    resources: ["*"],
    condition: [inRegions(scope)],
  },
  {
    sid: "ManageFunctions",
    actions: actions(
      "lambda",
      "AddPermission",
      "Create*",
      "Delete*",
      "PublishVersion",
      "Put*",
      "RemovePermission",
      "TagResource",
      "UntagResource",
      "Update*",
    ),
    resources: [
      here(scope, "lambda", `function:${scope.accountName}-*`),
      here(scope, "lambda", "event-source-mapping:*"),
    ],
  },
  {
    sid: "ManageSchedules",
    actions: [
      ...actions("scheduler", "Create*", "Delete*", "TagResource", "UntagResource", "Update*"),
      ...actions(
        "events",
        "Delete*",
        "Disable*",
        "Enable*",
        "PutRule",
        "PutTargets",
        "RemoveTargets",
        "TagResource",
        "UntagResource",
      ),
    ],
    resources: [here(scope, "scheduler", "*"), here(scope, "events", "rule/*")],
  },
];

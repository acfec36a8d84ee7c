import { DATA_READS, functionSettings, useStateKey, type AutomationScope } from "./automation-permissions";
import { signInSecret } from "./sign-in-secret";
import { stringEquals, type Statement } from "./policy";
import { readRecords, recordsArn, type ReleaseRecordsPlace } from "./release-records";

export interface ReleaseScope extends AutomationScope {
  /** ARN of the parameters with the services' digests. */
  readonly releaseParametersArn: string;
  /** Beginning of the states' names of services' stacks. */
  readonly serviceStatePrefix: string;
  /** IAM path of the services' roles. */
  readonly workloadRolePath: string;
  readonly clusterName: string;
  /** Beginning of the names of an account's schedules and deployment applications. */
  readonly accountPrefix: string;
  /** Where the accounts before keep records of their releases, which tell what ran there. */
  readonly recordsBefore: readonly ReleaseRecordsPlace[];
  /** ARN of the image repositories, in the account of the registry. */
  readonly repositoriesArn: string;
}

/**
 * Deploying: a digest into its parameter, the service's own stack, and the tag by which the registry keeps what is
 * in service. Neither roles, network, stores nor another concern's state.
 */
export function releasePermissions(scope: ReleaseScope): Statement[] {
  const { stateBucketArn } = scope;
  // No other state: that of queues holds brokers' passwords, that of sign-in its clients' secrets.
  const records = [
    `${stateBucketArn}/${scope.serviceStatePrefix}*.tfstate`,
    `${stateBucketArn}/${scope.serviceStatePrefix}*.tflock`,
    `${stateBucketArn}/${scope.deliveries}/*`,
  ];
  return [
    { sid: "ListStates", actions: ["s3:ListBucket"], resources: [stateBucketArn] },
    {
      sid: "WriteStatesOfServicesAndDeliveries",
      actions: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
      resources: records,
    },
    useStateKey(scope),
    ...readRecords(scope.recordsBefore),
    functionSettings(scope),
    { sid: "WriteReleases", actions: ["ssm:PutParameter"], resources: [scope.releaseParametersArn] },
    ...tasks(scope),
    ...scaling(scope),
    {
      sid: "TagWhatIsInService",
      actions: ["ecr:BatchGetImage", "ecr:PutImage"],
      resources: [scope.repositoriesArn],
    },
    {
      sid: "NoData",
      effect: "Deny",
      actions: DATA_READS.filter((action) => action !== "ecr:BatchGetImage"),
      resources: ["*"],
    },
    {
      sid: "NoSecrets",
      effect: "Deny",
      actions: ["secretsmanager:GetSecretValue"],
      ...(scope.signInSecretArn === undefined
        ? { resources: ["*"] }
        : { notResources: [scope.signInSecretArn] }),
    },
    ...signInSecret(scope),
    {
      sid: "NoObjectsButStates",
      effect: "Deny",
      actions: ["s3:GetObject", "s3:GetObjectVersion"],
      notResources: [...records, ...scope.recordsBefore.map(recordsArn)],
    },
  ];
}

function tasks(scope: ReleaseScope): Statement[] {
  const { accountId, region, clusterName, accountPrefix } = scope;
  const here = (service: string, resource: string) => `arn:aws:${service}:${region}:${accountId}:${resource}`;
  return [
    {
      // It takes no resource.
      sid: "RegisterTaskDefinitions",
      actions: ["ecs:RegisterTaskDefinition"],
      resources: ["*"],
      condition: [stringEquals("aws:RequestedRegion", region)],
    },
    {
      sid: "TagTaskDefinitions",
      actions: ["ecs:TagResource"],
      resources: [here("ecs", "task-definition/*")],
    },
    {
      sid: "UpdateServices",
      actions: ["ecs:StopServiceDeployment", "ecs:UpdateService"],
      resources: [
        here("ecs", `service/${clusterName}/*`),
        here("ecs", `service-deployment/${clusterName}/*`),
      ],
    },
    {
      sid: "UpdateSchedules",
      actions: ["scheduler:UpdateSchedule"],
      resources: [here("scheduler", `schedule/default/${accountPrefix}*`)],
    },
    {
      // Tasks take on their own two roles; ECS the one that shifts traffic; the scheduler the one that starts tasks.
      sid: "PassRolesOfServices",
      actions: ["iam:PassRole"],
      resources: [`arn:aws:iam::${accountId}:role${scope.workloadRolePath}${accountPrefix}*`],
      condition: [
        stringEquals(
          "iam:PassedToService",
          "ecs-tasks.amazonaws.com",
          "ecs.amazonaws.com",
          "scheduler.amazonaws.com",
        ),
      ],
    },
    {
      sid: "ShiftTrafficByCodeDeploy",
      actions: ["codedeploy:CreateDeployment", "codedeploy:RegisterApplicationRevision"],
      resources: [
        here("codedeploy", `application:${accountPrefix}*`),
        here("codedeploy", `deploymentgroup:${accountPrefix}*`),
        here("codedeploy", "deploymentconfig:*"),
      ],
    },
    {
      // IAM knows these by no resource. https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscodedeploy.html
      sid: "GoOnOrBackByCodeDeploy",
      actions: ["codedeploy:ContinueDeployment", "codedeploy:StopDeployment"],
      resources: ["*"],
      condition: [stringEquals("aws:RequestedRegion", scope.region)],
    },
  ];
}

const SCALING = "ecs.application-autoscaling.amazonaws.com";

/** A service's first release brings its scaling, and taking it back ends it. */
function scaling({ accountId, region, clusterName, accountPrefix }: ReleaseScope): Statement[] {
  return [
    {
      sid: "ScaleServices",
      actions: [
        "application-autoscaling:DeleteScalingPolicy",
        "application-autoscaling:DeleteScheduledAction",
        "application-autoscaling:DeregisterScalableTarget",
        "application-autoscaling:PutScalingPolicy",
        "application-autoscaling:PutScheduledAction",
        "application-autoscaling:RegisterScalableTarget",
        "application-autoscaling:TagResource",
      ],
      resources: [`arn:aws:application-autoscaling:${region}:${accountId}:scalable-target/*`],
      condition: [stringEquals("application-autoscaling:service-namespace", "ecs")],
    },
    {
      // Nothing is scaled before the first release, so that AWS makes its role for scaling with that.
      // https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-service-linked-roles.html
      sid: "LinkScaling",
      actions: ["iam:CreateServiceLinkedRole"],
      resources: [
        `arn:aws:iam::${accountId}:role/aws-service-role/${SCALING}/AWSServiceRoleForApplicationAutoScaling_ECSService`,
      ],
      condition: [stringEquals("iam:AWSServiceName", SCALING)],
    },
    {
      // Those by which target tracking watches a service.
      // https://docs.aws.amazon.com/autoscaling/application/userguide/security_iam_id-based-policy-examples.html
      sid: "WatchForScaling",
      actions: ["cloudwatch:DeleteAlarms", "cloudwatch:PutMetricAlarm"],
      resources: [`arn:aws:cloudwatch:${region}:${accountId}:alarm:TargetTracking-service/${clusterName}/*`],
    },
    {
      // Those that set off steps; whoever makes one with tags needs the right to tag.
      // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
      sid: "AlarmsOfSteps",
      actions: ["cloudwatch:DeleteAlarms", "cloudwatch:PutMetricAlarm", "cloudwatch:TagResource"],
      resources: [`arn:aws:cloudwatch:${region}:${accountId}:alarm:${accountPrefix}*-step-*`],
    },
  ];
}

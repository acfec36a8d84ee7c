import { SchedulerSchedule } from "@cdktf/provider-aws/lib/scheduler-schedule";
import { conditional, Token, type IResolvable, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { arnEquals, stringEquals, trustService, type Statement } from "../identity/policy";
import { Role } from "../identity/role";
import type { CapacityProviderStrategy } from "./capacity-provider-strategy";
import { taskDefinition, type TaskDefinitionProps } from "./task-definition";

export interface ScheduledTaskProps extends TaskDefinitionProps {
  readonly scheduleName: string;
  /** rate(...) or cron(...). */
  readonly expression: string;
  /** IANA time zone of a cron expression. */
  readonly timezone: string;
  /** Whether it runs at its times at all, once it can. */
  readonly enabled: boolean;
  /** Whether a task can start; a Terraform expression. */
  readonly ready: IResolvable;
  readonly clusterArn: string;
  readonly subnetIds: string[];
  readonly securityGroupIds: string[];
  readonly capacityProviderStrategy: CapacityProviderStrategy;
  /** Queue for runs that ECS did not take. */
  readonly failuresArn: string;
  /** Key of that queue. */
  readonly dataKeyArn: string;
  readonly roleName: string;
  readonly rolePath: string;
  readonly boundaryArn: string;
  readonly accountId: string;
  readonly region: string;
  /** What must be there before the first run. */
  readonly dependsOn: ITerraformDependable[];
}

/**
 * A task that ECS starts at its times and that ends by itself.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/tasks-scheduled-eventbridge-scheduler.html
 */
export class ScheduledTask extends Construct {
  constructor(scope: Construct, id: string, props: ScheduledTaskProps) {
    super(scope, id);
    const definition = taskDefinition(this, "task_definition", props);
    const { role, permissions } = new Role(this, "identity", {
      roleName: props.roleName,
      path: props.rolePath,
      description: `Lets EventBridge Scheduler start ${props.family}`,
      boundaryArn: props.boundaryArn,
      trust: [
        trustService(
          "scheduler.amazonaws.com",
          props.accountId,
          `arn:aws:scheduler:${props.region}:${props.accountId}:schedule-group/default`,
        ),
      ],
      statements: statements(props),
    });
    new SchedulerSchedule(this, "schedule", {
      name: props.scheduleName,
      description: `Starts ${props.family}`,
      scheduleExpression: props.expression,
      scheduleExpressionTimezone: props.timezone,
      flexibleTimeWindow: { mode: "OFF" },
      state: props.enabled ? Token.asString(conditional(props.ready, "ENABLED", "DISABLED")) : "DISABLED",
      target: {
        arn: props.clusterArn,
        roleArn: role.arn,
        ecsParameters: {
          taskDefinitionArn: definition.arn,
          taskCount: 1,
          capacityProviderStrategy: [...props.capacityProviderStrategy],
          networkConfiguration: {
            subnets: props.subnetIds,
            securityGroups: props.securityGroupIds,
            assignPublicIp: false,
          },
          enableEcsManagedTags: true,
          enableExecuteCommand: props.executeCommand,
          propagateTags: "TASK_DEFINITION",
        },
        // A run that comes an hour late is for a person to judge.
        retryPolicy: { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 5 },
        deadLetterConfig: { arn: props.failuresArn },
      },
      dependsOn: [...permissions, ...props.dependsOn],
    });
  }
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/CWE_IAM_role.html */
function statements(props: ScheduledTaskProps): Statement[] {
  const { accountId, region, family } = props;
  return [
    {
      sid: "RunTask",
      actions: ["ecs:RunTask"],
      resources: [`arn:aws:ecs:${region}:${accountId}:task-definition/${family}:*`],
      condition: [arnEquals("ecs:cluster", props.clusterArn)],
    },
    {
      sid: "TagTask",
      actions: ["ecs:TagResource"],
      resources: [`arn:aws:ecs:${region}:${accountId}:task/*`],
      condition: [stringEquals("ecs:CreateAction", "RunTask")],
    },
    {
      sid: "PassRoles",
      actions: ["iam:PassRole"],
      resources: [props.executionRoleArn, props.taskRoleArn],
      condition: [stringEquals("iam:PassedToService", "ecs-tasks.amazonaws.com")],
    },
    { sid: "KeepFailures", actions: ["sqs:SendMessage"], resources: [props.failuresArn] },
    {
      sid: "EncryptFailures",
      actions: ["kms:Decrypt", "kms:GenerateDataKey"],
      resources: [props.dataKeyArn],
      condition: [stringEquals("kms:ViaService", `sqs.${region}.amazonaws.com`)],
    },
  ];
}

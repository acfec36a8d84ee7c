import type { IResolvable, ITerraformDependable } from "cdktf";
import * as names from "../../environments/schema/names";
import { ScheduledTask } from "../../modules/compute/scheduled-task";
import type { TaskDefinitionProps } from "../../modules/compute/task-definition";
import { DeadLetterQueue } from "../../modules/messaging/queue";
import { read } from "../contract";
import { clusterContract, keysContract, topicsContract, vpcContract } from "../contracts";
import { CompositionError } from "../errors";
import type { ServiceContext } from "./feature";
import { placed } from "./placed";

export interface ScheduledProps {
  readonly task: TaskDefinitionProps;
  /** Whether a task can start; a Terraform expression. */
  readonly ready: IResolvable;
  readonly securityGroupIds: string[];
  readonly dependsOn: ITerraformDependable[];
}

/**
 * What a `scheduledTask` has in place of an ECS service: a schedule, and a queue for runs that never began. Where
 * an environment wakes on request only, it does not run by itself.
 */
export function addScheduledTask({ stack, definition }: ServiceContext, props: ScheduledProps): void {
  const { account } = stack;
  const { schedule } = definition;
  if (schedule === undefined) throw new CompositionError(`${definition.name} has no schedule`);
  const { dataKeyArn } = read(stack, keysContract);
  const failures = new DeadLetterQueue(stack, "failures", {
    queueName: names.scheduleFailures(account, definition),
    fifo: false,
    dataKeyArn,
    criticalTopicArn: read(stack, topicsContract).criticalTopicArn,
    protection: stack.protection,
  });
  const asleep = definition.followsWorkingHours && account.capabilities.workingHours?.start === "onRequest";
  new ScheduledTask(stack, "tasks", {
    ...props.task,
    ...schedule,
    scheduleName: names.schedule(account, definition),
    enabled: !asleep,
    ready: props.ready,
    clusterArn: read(stack, clusterContract).clusterArn,
    subnetIds: read(stack, vpcContract).privateSubnetIds,
    securityGroupIds: props.securityGroupIds,
    capacityProviderStrategy: placed({ stack, definition }),
    failuresArn: failures.arn,
    dataKeyArn,
    roleName: names.scheduleRole(account, definition),
    rolePath: names.WORKLOAD_ROLE_PATH,
    boundaryArn: names.boundaryArn(account),
    accountId: account.id,
    region: account.region,
    dependsOn: props.dependsOn,
  });
}

import { DescribeTasksCommand, ListTasksCommand, type ECSClient, type Task } from "@aws-sdk/client-ecs";
import type { ServiceAddress } from "./service-address";

/** Most tasks that one request describes. */
const PAGE = 100;

/** Tells of each task of a release that ended, once, and why. ECS keeps ended tasks for an hour. */
export class StoppedTasks {
  private readonly told = new Set<string>();

  constructor(
    private readonly ecs: ECSClient,
    private readonly address: ServiceAddress,
  ) {}

  /** A line a task that ended since it was last asked. */
  async fresh(taskDefinition: string): Promise<string[]> {
    const { cluster, service } = this.address;
    const { taskArns: arns = [] } = await this.ecs.send(
      new ListTasksCommand({ cluster, serviceName: service, desiredStatus: "STOPPED", maxResults: PAGE }),
    );
    const unknown = arns.filter((arn) => !this.told.has(arn));
    if (unknown.length === 0) return [];
    const { tasks = [] } = await this.ecs.send(new DescribeTasksCommand({ cluster, tasks: unknown }));
    return tasks.flatMap((task) => {
      // One that is still on its way down does not say why yet.
      if (task.taskArn === undefined || task.stoppedReason === undefined) return [];
      this.told.add(task.taskArn);
      return task.taskDefinitionArn === taskDefinition ? [describeStop(task)] : [];
    });
  }
}

/** `task 1f2e stopped: Essential container in task exited; orders: exit code 1`. */
export function describeStop({ taskArn = "", stoppedReason = "", containers = [] }: Task): string {
  const details = containers.flatMap(({ name = "", exitCode, reason }) => {
    const parts = [
      ...(exitCode === undefined ? [] : [`exit code ${exitCode}`]),
      ...(reason ?? "").split("\n", 1),
    ];
    const said = parts.filter((part) => part !== "").join(", ");
    return said === "" ? [] : [`${name}: ${said}`];
  });
  return [`task ${(taskArn.split("/").at(-1) ?? "").slice(0, 8)} stopped: ${stoppedReason}`, ...details].join(
    "; ",
  );
}

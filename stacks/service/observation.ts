import { inCloudWatch } from "../../environments/schema/log-router";
import * as names from "../../environments/schema/names";
import { LogErrors } from "../../modules/observability/log-errors";
import { ServiceDashboard } from "../../modules/observability/service-dashboard";
import { read } from "../contract";
import { topicsContract } from "../contracts";
import type { PlacedDoor } from "./doors";
import type { ServiceContext } from "./feature";

/** As CloudWatch knows the doors of a service. */
export const doorDimensions = (
  doors: ReadonlyMap<string, PlacedDoor>,
): Record<string, { readonly loadBalancer: string; readonly targetGroup: string }> =>
  Object.fromEntries(
    [...doors].flatMap(([alb, { door, loadBalancer }]) => [
      [alb, { loadBalancer, targetGroup: door.targetGroup.arnSuffix }],
      // A canary's errors would be lost among the others': each version is watched for itself.
      ...(door.alternate === undefined
        ? []
        : [[`${alb}_alternate`, { loadBalancer, targetGroup: door.alternate.arnSuffix }]]),
    ]),
  );

/** Counts the errors in a service's log, and shows the service on a dashboard where the account affords one. */
export function addObservation(
  { stack, definition }: ServiceContext,
  logGroupName: string,
  doors: ReadonlyMap<string, PlacedDoor>,
): void {
  const { account } = stack;
  const metric = names.errorMetric(account, definition);
  if (inCloudWatch(definition))
    new LogErrors(stack, "log_errors", {
      logGroupName,
      metric,
      alarmName: `${account.name}-${definition.name}-log-errors`,
      serviceName: definition.name,
      threshold: definition.alarms.logErrors,
      topicArn: read(stack, topicsContract).warningTopicArn,
    });
  if (!account.capabilities.serviceDashboards || definition.kind === "scheduledTask") return;
  new ServiceDashboard(stack, "dashboard", {
    dashboardName: `${account.name}-${definition.name}`,
    region: account.region,
    clusterName: names.cluster(account),
    serviceName: definition.name,
    logGroupName: names.serviceLogGroup(account, definition),
    errors: metric,
    doors: doorDimensions(doors),
    queueNames: definition.consumes.map((name) =>
      names.queue(account, name, account.queue?.queues[name]?.fifo ?? false),
    ),
    taskCounts: account.capabilities.containerInsights !== "disabled",
  });
}

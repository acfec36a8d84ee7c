import type { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import type { IResolvable } from "cdktf";
import * as names from "../../environments/schema/names";
import { ServiceScaling, type ScaledDoor } from "../../modules/compute/service-scaling";
import type { PlacedDoor } from "./doors";
import type { ServiceContext } from "./feature";
import { backlog } from "./queues";

export interface ScaledParts {
  readonly service: EcsService;
  readonly doors: ReadonlyMap<string, PlacedDoor>;
  /** Whether tasks can start; a Terraform expression. */
  readonly ready: IResolvable;
}

const hoursOf = ({ stack, definition }: ServiceContext) =>
  definition.followsWorkingHours ? stack.account.capabilities.workingHours : null;

/** Whether autoscaling owns the number of a service's tasks. */
export function isScaled(context: ServiceContext): boolean {
  const { minCapacity, maxCapacity, scheduledActions } = context.definition.autoScaling;
  return hoursOf(context) !== null || minCapacity < maxCapacity || Object.keys(scheduledActions).length > 0;
}

/** What changes the number of a service's tasks. */
export function addScaling(context: ServiceContext, { service, doors, ready }: ScaledParts): void {
  const { stack, definition } = context;
  const { requestsPerTarget, stepScaling, ...scaling } = definition.autoScaling;
  const workingHours = hoursOf(context);
  new ServiceScaling(stack, "scaling", {
    ...scaling,
    stepScaling: Object.fromEntries(
      Object.entries(stepScaling).map(([name, policy]) => [
        name,
        { ...policy, metric: { ...policy.metric, dimensions: dimensionsOf(context, policy.metric) } },
      ]),
    ),
    alarmPrefix: `${stack.account.name}-${definition.name}`,
    clusterName: names.cluster(stack.account),
    serviceName: definition.name,
    ...(requestsPerTarget === undefined
      ? {}
      : {
          requests: {
            perTarget: requestsPerTarget,
            doors: Object.fromEntries([...doors].map(([alb, placed]) => [alb, scaledDoor(placed)])),
          },
        }),
    ...backlog(context),
    ...(workingHours === null ? {} : { workingHours }),
    ready,
    dependsOn: [service],
  });
}

function scaledDoor({ door, loadBalancer }: PlacedDoor): ScaledDoor {
  const { alternate, resourceLabel, targetGroup } = door;
  if (alternate === undefined) return { resourceLabel };
  return {
    resourceLabel,
    turns: { loadBalancer, targetGroups: [targetGroup.arnSuffix, alternate.arnSuffix] },
  };
}

/** What a definition that holds in several accounts leaves open. */
function dimensionsOf(
  { stack: { account }, definition }: ServiceContext,
  { dimensions }: { readonly dimensions: Readonly<Record<string, string>> },
): Record<string, string> {
  const fill = (value: string) =>
    value
      .replaceAll("{account}", account.name)
      .replaceAll("{cluster}", names.cluster(account))
      .replaceAll("{service}", definition.name);
  return Object.fromEntries(Object.entries(dimensions).map(([name, value]) => [name, fill(value)]));
}

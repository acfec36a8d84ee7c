import type { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import type { IResolvable } from "cdktf";
import * as names from "../../environments/schema/names";
import { ServiceScaling } from "../../modules/compute/service-scaling";
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
  const { minCapacity, maxCapacity } = context.definition.autoScaling;
  return hoursOf(context) !== null || minCapacity < maxCapacity;
}

/** What changes the number of a service's tasks. */
export function addScaling(context: ServiceContext, { service, doors, ready }: ScaledParts): void {
  const { stack, definition } = context;
  const { requestsPerTarget, ...scaling } = definition.autoScaling;
  const workingHours = hoursOf(context);
  new ServiceScaling(stack, "scaling", {
    ...scaling,
    clusterName: names.cluster(stack.account),
    serviceName: definition.name,
    ...(requestsPerTarget === undefined
      ? {}
      : {
          requests: {
            perTarget: requestsPerTarget,
            doors: Object.fromEntries([...doors].map(([alb, { door }]) => [alb, door.resourceLabel])),
          },
        }),
    ...backlog(context),
    ...(workingHours === null ? {} : { workingHours }),
    ready,
    dependsOn: [service],
  });
}

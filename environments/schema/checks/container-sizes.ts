import { onFargate } from "../capacity";
import { containersOf, fieldOf, type TaskContainer } from "../containers";
import type { Fleet } from "../fleet";
import type { Service } from "../service";
import type { Violation } from "../violation";
import { perService } from "./per-service";

type Found = Omit<Violation, "file">;

/** MiB of a Service Connect proxy, as AWS advises. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts-deploy.html */
const PROXY_MEMORY = 64;

/** MiB that are left for the service's own container at the least. */
const LEAST_OF_ITS_OWN = 64;

/**
 * What containers ask for is within the task's CPU and memory, and such as what it runs on can give.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html#container_definitions
 */
export function checkContainerSizes(fleet: Fleet): Violation[] {
  return perService(fleet, (service) => {
    const containers = containersOf(service);
    return [
      ...memory(service, containers),
      ...cpu(service, containers),
      ...reservations(service),
      ...(onFargate(service) ? containers.flatMap(beyondFargate) : []),
    ];
  });
}

function memory(service: Service, containers: readonly TaskContainer[]): Found[] {
  const asking = [
    ...containers.map(({ name, memory: asked }) => ({ name, asked })),
    ...containers.map(({ name, linuxParameters: { tmpfs } }) => ({
      name: `${name} in tmpfs`,
      asked: tmpfs.reduce((sum, { size }) => sum + size, 0),
    })),
    { name: "the Service Connect proxy", asked: service.serviceConnect.enabled ? PROXY_MEMORY : 0 },
  ].filter(({ asked }) => asked > 0);
  const sum = asking.reduce((total, { asked }) => total + asked, 0);
  if (sum === 0 || sum + LEAST_OF_ITS_OWN <= service.memory) return [];
  return [
    {
      path: "memory",
      given: service.memory,
      allowed: `at least ${sum + LEAST_OF_ITS_OWN}, the sum of its containers: ${asking.map(({ name, asked }) => `${name} ${asked}`).join(", ")}, and ${LEAST_OF_ITS_OWN} for its own`,
      mend: "raise it, or let the others have less",
    },
  ];
}

function cpu(service: Service, containers: readonly TaskContainer[]): Found[] {
  const asking = containers.filter((container) => container.cpu > 0);
  const sum = asking.reduce((total, container) => total + container.cpu, 0);
  if (sum === 0 || sum < service.cpu) return [];
  return [
    {
      path: "cpu",
      given: service.cpu,
      allowed: `more than ${sum}, the sum of what is kept for others: ${asking.map((container) => `${container.name} ${container.cpu}`).join(", ")}`,
      mend: "raise it, or keep less for the others",
    },
  ];
}

/** ECS refuses a limit that is not above what is kept. */
function reservations({ sidecars, initContainers }: Service): Found[] {
  const all = [
    ...Object.entries(initContainers).map(([name, container]) => ({
      path: `initContainers.${name}`,
      container,
    })),
    ...Object.entries(sidecars).map(([name, container]) => ({ path: `sidecars.${name}`, container })),
  ];
  return all.flatMap(({ path, container: { memory: most, memoryReservation: kept } }) =>
    most !== undefined && kept !== undefined && kept >= most
      ? [{ path: `${path}.memoryReservation`, given: kept, allowed: `less than its memory, ${most}` }]
      : [],
  );
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html */
function beyondFargate(container: TaskContainer): Found[] {
  const { ulimits, linuxParameters } = container;
  return [
    ...Object.keys(ulimits)
      .filter((name) => name !== "nofile")
      .map((name) => ({
        path: fieldOf(container, `ulimits.${name}`),
        given: name,
        allowed: "nofile: on Fargate the other limits are AWS's own",
        mend: "remove it, or run on a capacity provider of instances",
      })),
    ...(linuxParameters.sharedMemorySize === undefined
      ? []
      : [
          {
            path: fieldOf(container, "linuxParameters.sharedMemorySize"),
            given: linuxParameters.sharedMemorySize,
            allowed: "none: Fargate does not take it",
            mend: "remove it, or run on a capacity provider of instances",
          },
        ]),
  ];
}

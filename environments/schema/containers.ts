import { isRouted, LOG_ROUTER } from "./log-router";
import type { Service } from "./service";

export type Condition = "START" | "COMPLETE" | "SUCCESS" | "HEALTHY";
type Isolation = Pick<Service, "user" | "readonlyRootFilesystem" | "linuxParameters" | "ulimits">;

/** A container of a service's task, whoever asked for it. */
export interface TaskContainer extends Isolation {
  readonly name: string;
  /** Its fields' place in the service's file; empty for the service's own container. */
  readonly path: string;
  readonly kind: "own" | "init" | "sidecar" | "router";
  readonly essential: boolean;
  readonly checked: boolean;
  readonly ports: readonly number[];
  /** CPU units that are kept for it. */
  readonly cpu: number;
  /** MiB that count against the task's: what it may use at most, else what is kept for it. */
  readonly memory: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** Full reference. @default the service's own release */
  readonly image?: string;
  readonly dependsOn: Readonly<Record<string, Condition>>;
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => (a < b ? -1 : 1);

/** Every container of a service's task: its own first, then those that run before it, then those beside it. */
export function containersOf(service: Service): readonly TaskContainer[] {
  const { initContainers, sidecars } = service;
  const containers: readonly TaskContainer[] = [
    {
      ...service,
      path: "",
      kind: "own",
      essential: true,
      checked: service.containerHealthCheck !== undefined,
      ports: service.containerPort === undefined ? [] : [service.containerPort],
      cpu: 0,
      memory: 0,
      dependsOn: ownDependencies(service),
    },
    ...Object.entries(initContainers)
      .sort(byName)
      .map(([name, container]): TaskContainer => ({
        ...container,
        name,
        path: `initContainers.${name}`,
        kind: "init",
        essential: false,
        checked: false,
        ports: [],
        cpu: container.cpu ?? 0,
        memory: container.memory ?? container.memoryReservation ?? 0,
      })),
    ...Object.entries(sidecars)
      .sort(byName)
      .map(([name, container]): TaskContainer => ({
        ...container,
        name,
        path: `sidecars.${name}`,
        kind: "sidecar",
        checked: container.healthCheck !== undefined,
        cpu: container.cpu ?? 0,
        memory: container.memory ?? container.memoryReservation ?? 0,
      })),
    ...(isRouted(service) ? [router()] : []),
  ];
  return isRouted(service) ? containers.map(behindRouter) : containers;
}

const router = (): TaskContainer => ({
  ...LOG_ROUTER,
  path: "logConfiguration",
  kind: "router",
  essential: true,
  checked: true,
  cpu: 0,
  memory: LOG_ROUTER.memoryReservation,
  readonlyRootFilesystem: true,
  linuxParameters: { initProcessEnabled: true, keepCapabilities: [], tmpfs: [] },
  ulimits: {},
  environment: {},
  secrets: {},
  dependsOn: {},
});

/** What a container writes at its start has somebody to take it. */
const behindRouter = (container: TaskContainer): TaskContainer =>
  container.kind === "router"
    ? container
    : { ...container, dependsOn: { [LOG_ROUTER.name]: "START", ...container.dependsOn } };

/** What a service's own container waits for: what it says, and the end of every init container. */
const ownDependencies = ({ initContainers, dependsOn }: Service): Readonly<Record<string, Condition>> => ({
  ...Object.fromEntries(Object.entries(initContainers).map(([name, { condition }]) => [name, condition])),
  ...dependsOn,
});

/** What a container of a service's task waits for, and until when. */
export const dependenciesOf = (service: Service, name: string): Readonly<Record<string, Condition>> =>
  containersOf(service).find((container) => container.name === name)?.dependsOn ?? {};

/** A field of a container, as its file calls it. */
export const fieldOf = ({ path }: TaskContainer, field: string) => (path === "" ? field : `${path}.${field}`);

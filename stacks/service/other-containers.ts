import { containersOf, dependenciesOf } from "../../environments/schema/containers";
import * as names from "../../environments/schema/names";
import { DEFAULT_CAPABILITIES } from "../../environments/schema/service/isolation";
import type { InitContainer, Service, Sidecar } from "../../environments/schema/service";
import type { ContainerProps } from "../../modules/compute/container";
import type { OtherContainer } from "../../modules/compute/task-definition";
import type { ServiceContext } from "./feature";
import { valuesFrom, type ReadSecret } from "./secrets";

type Isolation = Pick<Service, "user" | "readonlyRootFilesystem" | "linuxParameters" | "ulimits">;

/** What holds a container in, as its definition says it. */
export function isolationOf({ user, readonlyRootFilesystem, linuxParameters, ulimits }: Isolation) {
  const { keepCapabilities, ...parameters } = linuxParameters;
  return {
    user,
    readonlyRootFilesystem,
    ...parameters,
    ...(keepCapabilities.length === 0
      ? {}
      : { droppedCapabilities: DEFAULT_CAPABILITIES.filter((name) => !keepCapabilities.includes(name)) }),
    ulimits,
  } satisfies Partial<ContainerProps>;
}

export interface BesideProps {
  /** The service's own container, whose release and settings an init container may share. */
  readonly own: Omit<ContainerProps, "mounts">;
  readonly secrets: Readonly<Record<string, ReadSecret>>;
}

/** Containers that run before a service's own, and those beside it. */
export function otherContainers(context: ServiceContext, props: BesideProps): OtherContainer[] {
  const { initContainers, sidecars } = context.definition;
  return [
    ...sorted(initContainers).map(([name, container]) => initContainer(context, props, name, container)),
    ...sorted(sidecars).map(([name, container]) => sidecar(context, props, name, container)),
  ];
}

function initContainer(
  context: ServiceContext,
  props: BesideProps,
  name: string,
  container: InitContainer,
): OtherContainer {
  const described = beside(context, props, name, container);
  const { own } = props;
  return {
    ...described,
    essential: false,
    lasting: false,
    image: container.image ?? own.image,
    ...(container.image === undefined
      ? {
          environment: { ...own.environment, ...described.environment },
          secrets: { ...own.secrets, ...described.secrets },
        }
      : {}),
  };
}

function sidecar(
  context: ServiceContext,
  props: BesideProps,
  name: string,
  container: Sidecar,
): OtherContainer {
  const { image, essential, ports, healthCheck } = container;
  return {
    ...beside(context, props, name, container),
    image,
    essential,
    ports,
    healthCheck,
    lasting: true,
  };
}

function beside(
  { stack: { account }, definition }: ServiceContext,
  { own, secrets }: BesideProps,
  name: string,
  container: InitContainer | Sidecar,
) {
  const { entryPoint, command, cpu, memory, memoryReservation, stopTimeout, startTimeout } = container;
  return {
    name,
    entryPoint,
    command,
    cpu,
    memory,
    memoryReservation,
    stopTimeout,
    startTimeout,
    dependsOn: dependenciesOf(definition, name),
    ...isolationOf(container),
    environment: { AWS_REGION: account.region, ENVIRONMENT: account.name, ...container.environment },
    secrets: valuesFrom(container.secrets, secrets),
    mounts: sorted(container.volumes).map(([volume, mount]) => ({ name: volume, ...mount })),
    logGroupName: own.logGroupName,
    region: own.region,
    firelens: own.firelens,
  };
}

/** Repositories of Amazon ECR with the images of other containers. */
export const otherRepositories = (definition: Service): string[] =>
  [
    ...new Set(containersOf(definition).flatMap(({ image }) => names.repositoryArnOf(image ?? "") ?? [])),
  ].sort();

const sorted = <T>(entries: Readonly<Record<string, T>>) =>
  Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1));

import type { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { onFargate } from "../../environments/schema/capacity";
import { dependenciesOf } from "../../environments/schema/containers";
import type { Service } from "../../environments/schema/service";
import { CONNECTED_PORT } from "../../modules/compute/service-connect";
import type { TaskDefinitionProps } from "../../modules/compute/task-definition";
import type { Release } from "../../modules/delivery/release";
import type { ServiceRoles } from "../../modules/identity/service-roles";
import type { Contribution, ServiceContext } from "./feature";
import { logRoute, routers } from "./log-routing";
import { furtherPorts } from "./network-doors";
import { isolationOf, otherContainers } from "./other-containers";
import { valuesFrom, type ReadSecret } from "./secrets";

/** What a service's task is made from. */
export interface DescribedParts {
  readonly release: Release;
  readonly logGroup: CloudwatchLogGroup;
  /** Where the router says what goes wrong with it. @default there is none */
  readonly routerLogGroup?: CloudwatchLogGroup;
  readonly roles: ServiceRoles;
  readonly secrets: Readonly<Record<string, ReadSecret>>;
  readonly added: Required<Contribution>;
}

/** A service's task, whatever starts it. */
export function describeTask(context: ServiceContext, parts: DescribedParts): TaskDefinitionProps {
  const {
    stack: { account },
    definition,
  } = context;
  const { roles, secrets, added } = parts;
  const own = ownContainer(context, parts);
  return {
    family: definition.name,
    cpu: definition.cpu,
    memory: definition.memory,
    cpuArchitecture: definition.cpuArchitecture,
    launchType: onFargate(definition) ? "FARGATE" : "EC2",
    container: own,
    others: [...otherContainers(context, { own, secrets }), ...routers(context, parts.routerLogGroup?.name)],
    volumes: added.volumes,
    executionRoleArn: roles.executionRoleArn,
    taskRoleArn: roles.taskRoleArn,
    executeCommand: account.capabilities.executeCommand,
  };
}

function ownContainer(
  context: ServiceContext,
  { release, logGroup, secrets, added }: DescribedParts,
): TaskDefinitionProps["container"] {
  const { stack, definition } = context;
  const { account } = stack;
  return {
    name: definition.name,
    image: release.image,
    containerPort: definition.containerPort,
    ...connectedPort(definition),
    ...furtherPorts(context),
    command: definition.command,
    ...isolationOf(definition),
    stopTimeout: definition.stopTimeout,
    dependsOn: dependenciesOf(definition, definition.name),
    environment: {
      AWS_REGION: account.region,
      ENVIRONMENT: account.name,
      ...added.environment,
      ...definition.environment,
    },
    secrets: { ...added.secrets, ...valuesFrom(definition.secrets, secrets) },
    healthCheck: definition.containerHealthCheck,
    logGroupName: logGroup.name,
    region: account.region,
    ...logRoute(context, secrets),
  };
}

/** Proxies lead to a port by its name. */
function connectedPort({ serviceConnect: { enabled, appProtocol }, containerPort }: Service) {
  if (!enabled || containerPort === undefined) return {};
  return {
    connected: { portName: CONNECTED_PORT, ...(appProtocol === "tcp" ? {} : { appProtocol }) },
  };
}

import type { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { TaskDefinitionProps } from "../../modules/compute/task-definition";
import type { Release } from "../../modules/delivery/release";
import type { ServiceRoles } from "../../modules/identity/service-roles";
import type { Contribution, ServiceContext } from "./feature";
import type { ReadSecret } from "./secrets";

/** What a service's task is made from. */
export interface DescribedParts {
  readonly release: Release;
  readonly logGroup: CloudwatchLogGroup;
  readonly roles: ServiceRoles;
  readonly secrets: Readonly<Record<string, ReadSecret>>;
  readonly added: Required<Contribution>;
}

/** A service's task, whatever starts it. */
export function describeTask(
  { stack, definition }: ServiceContext,
  { release, logGroup, roles, secrets, added }: DescribedParts,
): TaskDefinitionProps {
  const { account } = stack;
  return {
    family: definition.name,
    cpu: definition.cpu,
    memory: definition.memory,
    cpuArchitecture: definition.cpuArchitecture,
    launchType: definition.capacityProvider.startsWith("FARGATE") ? "FARGATE" : "EC2",
    container: {
      name: definition.name,
      image: release.image,
      containerPort: definition.containerPort,
      command: definition.command,
      user: definition.user,
      stopTimeout: definition.stopTimeout,
      environment: {
        AWS_REGION: account.region,
        ENVIRONMENT: account.name,
        ...added.environment,
        ...definition.environment,
      },
      secrets: {
        ...added.secrets,
        ...Object.fromEntries(
          Object.entries(definition.secrets).map(([variable, name]) => [
            variable,
            secrets[name]?.arn ?? name,
          ]),
        ),
      },
      healthCheck: definition.containerHealthCheck,
      logGroupName: logGroup.name,
      region: account.region,
    },
    volumes: added.volumes,
    executionRoleArn: roles.executionRoleArn,
    taskRoleArn: roles.taskRoleArn,
    executeCommand: account.capabilities.executeCommand,
  };
}

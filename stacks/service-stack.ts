import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { TerraformOutput, conditional } from "cdktf";
import type { Construct } from "constructs";
import { registryAccount, servicesIn } from "../environments/schema/fleet";
import * as names from "../environments/schema/names";
import { allocatePriorities, type AllocatedRule } from "../environments/schema/priorities";
import type { Service } from "../environments/schema/service";
import { Readiness } from "../modules/compute/readiness";
import { ServiceAlarms } from "../modules/compute/service-alarms";
import { ServiceScaling } from "../modules/compute/service-scaling";
import { TaskService } from "../modules/compute/task-service";
import { Release } from "../modules/delivery/release";
import { ServiceRoles } from "../modules/identity/service-roles";
import { ServiceGroup } from "../modules/network/service-group";
import { read } from "./contract";
import { clusterContract, keysContract, topicsContract, vpcContract, zonesContract } from "./contracts";
import { execLogGroup } from "./hosting-stack";
import { PlatformStack, type PlatformStackProps } from "./platform-stack";
import { addDoors, type PlacedDoor } from "./service/doors";
import { combine, type Contribution } from "./service/feature";
import { FEATURES } from "./service/features";
import { addObservation, doorDimensions } from "./service/observation";
import { backlog } from "./service/queues";
import { describeTask, type DescribedParts } from "./service/described-task";
import { addScheduledTask } from "./service/scheduled-task";
import { arnsOf, readSecrets, type ReadSecret } from "./service/secrets";
import type { StackKind } from "./stack-kind";

interface ServiceStackProps extends Omit<PlatformStackProps, "concern" | "name" | "service"> {
  readonly definition: Service;
  /** Priorities of the account's listener rules. */
  readonly priorities: ReadonlyMap<string, AllocatedRule>;
}

/** One service in one account, from its release parameter to its alarms. Nobody else's JSON depends on it. */
export class ServiceStack extends PlatformStack {
  private readonly definition: Service;
  private readonly priorities: ReadonlyMap<string, AllocatedRule>;
  private readonly keys = read(this, keysContract);
  private readonly vpc = read(this, vpcContract);
  private readonly hosting = read(this, clusterContract);

  constructor(scope: Construct, props: ServiceStackProps) {
    const { definition } = props;
    super(scope, { ...props, concern: "service", name: definition.name, service: definition });
    this.definition = definition;
    this.priorities = props.priorities;
    const { account, keys } = this;
    const context = { stack: this, definition };
    const secrets = readSecrets(context);
    const added = combine(FEATURES.map((feature) => feature(context)));
    const registry = registryAccount(this.fleet);

    const release = new Release(this, "release", {
      parameterName: names.releaseParameter(account, definition),
      repositoryUrl: names.repositoryUrl(registry, definition.repository),
    });
    const readiness = new Readiness(this, "readiness", { released: release.exists, secrets });
    const logGroup = new CloudwatchLogGroup(this, "logs", {
      name: names.serviceLogGroup(account, definition),
      retentionInDays: account.capabilities.logRetentionDays,
      kmsKeyId: keys.logsKeyArn,
    });
    const roles = this.roles(logGroup, secrets, added);
    this.tasks({ release, readiness, logGroup, roles, secrets, added });
    new TerraformOutput(this, "release_state", {
      description: "What the service runs",
      value: conditional(
        release.exists,
        release.parameter.insecureValue,
        "no release yet: tasks stay at zero",
      ),
    });
  }

  private roles(
    logGroup: CloudwatchLogGroup,
    secrets: Readonly<Record<string, ReadSecret>>,
    added: Required<Contribution>,
  ): ServiceRoles {
    const { account, definition } = this;
    const registry = registryAccount(this.fleet);
    return new ServiceRoles(this, "roles", {
      executionRoleName: names.executionRole(account, definition),
      taskRoleName: names.taskRole(account, definition),
      path: names.WORKLOAD_ROLE_PATH,
      boundaryArn: names.boundaryArn(account),
      accountId: account.id,
      region: account.region,
      repositoryArn: names.repositoryArn(registry, definition.repository),
      logGroupArn: logGroup.arn,
      secretArns: {
        secretsManager: [...arnsOf(secrets, "secretsManager"), ...added.secretArns],
        parameterStore: arnsOf(secrets, "parameterStore"),
      },
      dataKeyArn: this.keys.dataKeyArn,
      keyUsers: added.keyUsers,
      executeCommand: account.capabilities.executeCommand,
      execLogGroupArn: `arn:aws:logs:${account.region}:${account.id}:log-group:${execLogGroup(account)}`,
      taskStatements: [
        ...added.statements,
        ...definition.taskRoleStatements.map((statement) => ({
          ...statement,
          resources: statement.resources.map((arn) =>
            arn.replaceAll("{account}", account.id).replaceAll("{region}", account.region),
          ),
        })),
      ],
    });
  }

  private tasks({ release, readiness, logGroup, roles, secrets, added }: TaskParts): void {
    const { account, definition, hosting, vpc } = this;
    const { capabilities } = account;
    const zones =
      definition.serviceDiscovery || definition.loadBalancers.length > 0
        ? read(this, zonesContract)
        : undefined;
    const { group, rules } = new ServiceGroup(this, "group", {
      name: `${account.name}-${definition.name}`,
      description: `Tasks of ${definition.name}`,
      vpcId: vpc.vpcId,
      vpcCidrBlock: vpc.cidrBlock,
      ...(definition.serviceDiscovery ? { discoveredPort: definition.containerPort } : {}),
      peerPorts: definition.peerPorts,
      egress: definition.egress,
    });
    const task = describeTask({ stack: this, definition }, { release, logGroup, roles, secrets, added });
    if (definition.kind === "scheduledTask") {
      addObservation({ stack: this, definition }, logGroup.name, new Map());
      addScheduledTask(
        { stack: this, definition },
        {
          task,
          ready: readiness.ready,
          securityGroupIds: [group.id, ...added.securityGroupIds],
          dependsOn: [...roles.permissions, ...rules, ...added.dependsOn],
        },
      );
      return;
    }
    const doors =
      zones === undefined
        ? new Map<string, PlacedDoor>()
        : addDoors({ stack: this, definition }, { vpc, zones, group, priorities: this.priorities });
    const alarms = this.alarms(doors);
    addObservation({ stack: this, definition }, logGroup.name, doors);
    const workingHours = definition.followsWorkingHours ? capabilities.workingHours : null;
    const { requestsPerTarget, ...scaling } = definition.autoScaling;
    const scaled = workingHours !== null || scaling.minCapacity < scaling.maxCapacity;
    const { service } = new TaskService(this, "tasks", {
      serviceName: definition.name,
      clusterArn: hosting.clusterArn,
      ...task,
      capacityProvider: names.capacityProvider(account, definition.capacityProvider),
      instanceVolumes: Object.values(definition.volumes).flatMap(({ volume }) => volume ?? []),
      subnetIds: vpc.privateSubnetIds,
      securityGroupIds: [group.id, ...added.securityGroupIds],
      targetGroupArns: [...doors.values()].map(({ door }) => door.targetGroup.arn),
      desiredCount: workingHours?.start === "onRequest" ? 0 : scaling.minCapacity,
      scaled,
      ready: readiness.ready,
      healthCheckGracePeriodSeconds: definition.healthCheckGracePeriodSeconds,
      ...definition.deploymentConfiguration,
      namespaceId: definition.serviceDiscovery ? zones?.namespaceId : undefined,
      rollbackAlarms: capabilities.rollbackOnAlarms ? alarms.releaseAlarmNames : [],
      dependsOn: [
        ...roles.permissions,
        ...rules,
        ...added.dependsOn,
        ...[...doors.values()].flatMap(({ door }) => [...door.rules, door.ingress]),
        ...(capabilities.rollbackOnAlarms ? alarms.releaseAlarms : []),
      ],
    });
    if (!scaled) return;
    new ServiceScaling(this, "scaling", {
      ...scaling,
      clusterName: names.cluster(account),
      serviceName: definition.name,
      ...(requestsPerTarget === undefined
        ? {}
        : {
            requests: {
              perTarget: requestsPerTarget,
              doors: Object.fromEntries([...doors].map(([alb, { door }]) => [alb, door.resourceLabel])),
            },
          }),
      ...backlog({ stack: this, definition }),
      ...(workingHours === null ? {} : { workingHours }),
      ready: readiness.ready,
      dependsOn: [service],
    });
  }

  private alarms(doors: ReadonlyMap<string, PlacedDoor>): ServiceAlarms {
    const { account, definition } = this;
    const topics = read(this, topicsContract);
    return new ServiceAlarms(this, "alarms", {
      prefix: `${account.name}-${definition.name}`,
      clusterName: names.cluster(account),
      serviceName: definition.name,
      ...topics,
      ...definition.alarms,
      doors: doorDimensions(doors),
      taskCounts: account.capabilities.containerInsights !== "disabled",
    });
  }
}

interface TaskParts extends DescribedParts {
  readonly readiness: Readiness;
}

export const serviceStacks: StackKind = (fleet, account) => {
  const services = servicesIn(fleet, account);
  const priorities = allocatePriorities(services, fleet.priorities[account.name] ?? new Map());
  return services.map((definition) => ({
    account,
    concern: "service",
    name: definition.name,
    build: (scope, options) =>
      new ServiceStack(scope, { fleet, account, definition, priorities, ...options }),
  }));
};

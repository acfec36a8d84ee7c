import * as names from "../../environments/schema/names";
import type { PlacedRule } from "../../environments/schema/placement";
import type { Readiness } from "../../modules/compute/readiness";
import { ServiceAlarms } from "../../modules/compute/service-alarms";
import { TaskService } from "../../modules/compute/task-service";
import { ServiceGroup } from "../../modules/network/service-group";
import { read } from "../contract";
import { clusterContract, topicsContract, vpcContract, zonesContract } from "../contracts";
import { addApiRoutes } from "./api-routes";
import { describeTask, type DescribedParts } from "./described-task";
import { addDoors, type PlacedDoor } from "./doors";
import type { ServiceContext } from "./feature";
import { addNetworkDoors } from "./network-doors";
import { addObservation, doorDimensions } from "./observation";
import { placed } from "./placed";
import { addCodeDeploy, addRolloutRole, describeRollout, taskLoadBalancers } from "./rollout";
import { addScaling, isScaled } from "./scaling";
import { describeServiceConnect } from "./service-connect";
import { addScheduledTask } from "./scheduled-task";

export interface TaskParts extends DescribedParts {
  readonly readiness: Readiness;
  /** Where its listener rules are. */
  readonly rules: readonly PlacedRule[];
}

/** What runs of a service: its security group, its doors and alarms, and the tasks that ECS keeps or a schedule starts. */
export function addTasks(context: ServiceContext, parts: TaskParts): void {
  const { stack, definition } = context;
  const { readiness, logGroup, roles, added } = parts;
  const { account } = stack;
  const { capabilities } = account;
  const vpc = read(stack, vpcContract);
  const { clusterArn } = read(stack, clusterContract);
  const zones =
    definition.serviceDiscovery ||
    definition.serviceConnect.enabled ||
    definition.loadBalancers.length + definition.networkDoors.length > 0
      ? read(stack, zonesContract)
      : undefined;
  const { group, rules } = new ServiceGroup(stack, "group", {
    name: `${account.name}-${definition.name}`,
    description: `Tasks of ${definition.name}`,
    vpcId: vpc.vpcId,
    vpcCidrBlock: vpc.cidrBlock,
    ...(definition.serviceDiscovery || definition.serviceConnect.enabled
      ? { discoveredPort: definition.containerPort }
      : {}),
    peerPorts: definition.peerPorts,
    egress: definition.egress,
  });
  const task = describeTask(context, parts);
  const securityGroupIds = [group.id, ...added.securityGroupIds];
  if (definition.kind === "scheduledTask") {
    addObservation(context, logGroup.name, new Map());
    addScheduledTask(context, {
      task,
      ready: readiness.ready,
      securityGroupIds,
      dependsOn: [...roles.permissions, ...rules, ...added.dependsOn],
    });
    return;
  }
  const doors =
    zones === undefined
      ? new Map<string, PlacedDoor>()
      : addDoors(context, { vpc, zones, group, rules: parts.rules });
  const rolloutRole = addRolloutRole(context, doors, roles);
  const networkDoors = zones === undefined ? [] : addNetworkDoors(context, { vpc, zones, group });
  addApiRoutes(context, networkDoors);
  const alarms = addAlarms(context, doors);
  addObservation(context, logGroup.name, doors);
  const alarmNames = capabilities.rollbackOnAlarms ? alarms.releaseAlarmNames : [];
  const asleep = definition.followsWorkingHours && capabilities.workingHours?.start === "onRequest";
  const tasks = new TaskService(stack, "tasks", {
    serviceName: definition.name,
    clusterArn,
    ...task,
    capacityProviderStrategy: placed(context),
    instanceVolumes: Object.values(definition.volumes).flatMap(({ volume }) => volume ?? []),
    subnetIds: vpc.privateSubnetIds,
    securityGroupIds,
    loadBalancers: [
      ...taskLoadBalancers(context, doors, rolloutRole),
      ...networkDoors.map(({ door, containerPort }) => ({
        targetGroupArn: door.targetGroup.arn,
        containerPort,
      })),
    ],
    desiredCount: asleep ? 0 : definition.autoScaling.minCapacity,
    scaled: isScaled(context),
    ready: readiness.ready,
    healthCheckGracePeriodSeconds: definition.healthCheckGracePeriodSeconds,
    rollout: describeRollout(context, alarmNames),
    namespaceId: definition.serviceDiscovery ? zones?.namespaceId : undefined,
    serviceConnect: describeServiceConnect(context, logGroup.name, zones),
    dependsOn: [
      ...roles.permissions,
      ...rules,
      ...added.dependsOn,
      ...[...doors.values()].flatMap(({ door }) => [...door.rules, ...door.testRules, door.ingress]),
      ...networkDoors.flatMap(({ door }) => door.ready),
      ...(rolloutRole?.permissions ?? []),
      ...(capabilities.rollbackOnAlarms ? alarms.releaseAlarms : []),
    ],
  });
  addCodeDeploy(context, {
    tasks,
    doors,
    role: rolloutRole,
    alarmNames,
    subnetIds: vpc.privateSubnetIds,
    securityGroupIds,
  });
  if (isScaled(context)) addScaling(context, { service: tasks.service, doors, ready: readiness.ready });
}

function addAlarms(
  { stack, definition }: ServiceContext,
  doors: ReadonlyMap<string, PlacedDoor>,
): ServiceAlarms {
  const { account } = stack;
  const topics = read(stack, topicsContract);
  return new ServiceAlarms(stack, "alarms", {
    prefix: `${account.name}-${definition.name}`,
    clusterName: names.cluster(account),
    serviceName: definition.name,
    ...topics,
    ...definition.alarms,
    doors: doorDimensions(doors),
    taskCounts: account.capabilities.containerInsights !== "disabled",
  });
}

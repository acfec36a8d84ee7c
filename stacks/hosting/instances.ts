import { EcsAccountSettingDefault } from "@cdktf/provider-aws/lib/ecs-account-setting-default";
import type { EcsCapacityProvider } from "@cdktf/provider-aws/lib/ecs-capacity-provider";
import type { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import { Fn, type ITerraformDependable } from "cdktf";
import {
  architectureOf,
  networkZones,
  providerSize,
  providerZones,
} from "../../environments/schema/capacity";
import type { CapacityProvider, Hosting } from "../../environments/schema/hosting";
import { RESERVED_MEMORY } from "../../environments/schema/instance-types";
import * as names from "../../environments/schema/names";
import { InstanceCapacity } from "../../modules/compute/instance-capacity";
import { InstanceTemplate } from "../../modules/compute/instance-template";
import { instanceUserData } from "../../modules/compute/instance-user-data";
import { InstanceRole } from "../../modules/identity/instance-role";
import { read } from "../contract";
import {
  accessPointContract,
  keysContract,
  topicsContract,
  volumesContract,
  vpcContract,
} from "../contracts";
import type { PlatformStack } from "../platform-stack";

/** The capacity providers of instances that an account's hosting names, sorted. */
export function addInstances(
  stack: PlatformStack,
  { capacityProviders }: Hosting,
  cluster: EcsCluster,
): EcsCapacityProvider[] {
  const providers = Object.entries(capacityProviders).sort(([a], [b]) => (a < b ? -1 : 1));
  if (providers.length === 0) return [];
  // Ten tasks on a large instance in place of two. It holds for the account and region, and for new instances.
  // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/container-instance-eni.html
  const trunking = new EcsAccountSettingDefault(stack, "trunking", {
    name: "awsvpcTrunking",
    value: "enabled",
  });
  return providers.map(([name, provider]) => addProvider(stack, name, provider, [cluster, trunking]));
}

function addProvider(
  stack: PlatformStack,
  provider: string,
  definition: CapacityProvider,
  before: ITerraformDependable[],
): EcsCapacityProvider {
  const { account, tags } = stack;
  const { region } = account;
  const { volume, instanceTypes, spot } = definition;
  const vpc = read(stack, vpcContract);
  const { dataKeyArn } = read(stack, keysContract);
  // Without its volumes an instance would wait for them in vain.
  if (volume !== undefined) read(stack, volumesContract(volume));
  const id = `instances_${provider.replaceAll("-", "_")}`;
  const name = names.capacityProvider(account, provider);
  const clusterName = names.cluster(account);
  const role = new InstanceRole(stack, `${id}_role`, {
    roleName: names.instanceRole(account, provider),
    path: names.WORKLOAD_ROLE_PATH,
    boundaryArn: names.boundaryArn(account),
    accountId: account.id,
    region,
    clusterName,
    dataKeyArn,
    volume,
  });
  const { template } = new InstanceTemplate(stack, `${id}_launch`, {
    name,
    cpuArchitecture: architectureOf(definition),
    ...(instanceTypes.length === 1 && !spot ? { instanceType: instanceTypes[0] } : {}),
    vpcId: vpc.vpcId,
    clientGroupIds: fileSystemClients(stack),
    profileArn: role.profileArn,
    userData: instanceUserData({
      clusterName,
      region,
      reservedMemory: RESERVED_MEMORY,
      ...(volume === undefined ? {} : { volume: { name: volume, path: names.instanceVolumePath(volume) } }),
    }),
    rootVolumeSize: definition.rootVolumeSize,
    dataKeyArn,
    tags,
  });
  const size = providerSize(account, definition);
  return new InstanceCapacity(stack, id, {
    name,
    clusterName,
    template,
    instanceTypes,
    spot,
    minSize: size.min,
    maxSize: size.max,
    subnetIds: subnetsOf(stack, providerZones(account, definition), vpc.privateSubnetIds),
    volume,
    ...(account.capabilities.workingHours === null
      ? {}
      : { workingHours: account.capabilities.workingHours }),
    tags,
    warningTopicArn: read(stack, topicsContract).warningTopicArn,
    dependsOn: [...role.permissions, ...before],
  }).provider;
}

/**
 * Groups that reach the account's file systems. On instances it is a plugin beside the agent that mounts for tasks,
 * through the instance's own interface; whose files it may mount, the task's role says.
 */
function fileSystemClients(stack: PlatformStack): string[] {
  return Object.entries(stack.account.data?.fileSystems ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, { accessPoints }]) => {
      const [first] = Object.keys(accessPoints).sort();
      return first === undefined ? [] : [read(stack, accessPointContract(name, first)).clientGroupId];
    });
}

/** The subnets of some zones; the network publishes one a zone, in its order of zones. */
export function subnetsOf(stack: PlatformStack, zones: readonly string[], subnetIds: string[]): string[] {
  const all = networkZones(stack.account);
  const chosen = all.flatMap((zone, position) => (zones.includes(zone) ? [position] : []));
  return chosen.length === all.length
    ? subnetIds
    : chosen.map((position) => Fn.element(subnetIds, position) as string);
}

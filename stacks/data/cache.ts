import type { Construct } from "constructs";
import { cacheReplicas, cacheVersion } from "../../environments/schema/data/cache";
import { servicesIn } from "../../environments/schema/fleet";
import * as names from "../../environments/schema/names";
import { isTiered } from "../../environments/schema/node-types";
import { Cache, CACHE_PORT } from "../../modules/data/cache";
import { CacheAlarms } from "../../modules/data/cache-alarms";
import { StoreGroups } from "../../modules/network/store-groups";
import { publish, read } from "../contract";
import { cacheContract, keysContract, topicsContract, vpcContract } from "../contracts";
import { PlatformStack } from "../platform-stack";
import { addMigrationUsers } from "./migration-users";
import { storeStacks, type StoreStackProps } from "./store-stacks";

/** One ElastiCache cluster with its alarms, its users, and the group that its clients join. */
export class CacheStack extends PlatformStack {
  constructor(scope: Construct, { definition, ...props }: StoreStackProps<"caches">) {
    super(scope, { ...props, concern: "data" });
    const { account, fleet, protection, finalSnapshot } = this;
    const { capabilities } = account;
    const replicationGroupId = names.store(account, props.name);
    const vpc = read(this, vpcContract);
    const groups = new StoreGroups(this, "groups", {
      name: replicationGroupId,
      vpcId: vpc.vpcId,
      port: CACHE_PORT,
    });
    const { shards, onlineMigrationTarget, transitEncryptionMode } = definition;
    const replicas = cacheReplicas(definition, capabilities);
    const nodes = { replicas, ...(shards === undefined ? {} : { shards }) };
    const { group } = new Cache(this, "store", {
      replicationGroupId,
      engine: definition.engine,
      engineVersion: cacheVersion(definition),
      nodeType: definition.nodeType,
      dataTiering: isTiered(definition.nodeType),
      ...nodes,
      multiAz: capabilities.multiAz || onlineMigrationTarget,
      transitEncryption: onlineMigrationTarget ? "none" : transitEncryptionMode,
      snapshotRetentionLimit: definition.snapshotRetentionDays ?? (capabilities.deletionProtection ? 35 : 7),
      snapshotArns: [...definition.seedFrom].sort(),
      parameters: definition.parameters,
      subnetIds: vpc.isolatedSubnetIds,
      securityGroupId: groups.server.id,
      ...read(this, keysContract),
      logRetentionInDays: capabilities.logRetentionDays,
      logGroupName: (log) => names.storeLogGroup(account, props.name, log),
      operator: names.storeOperator(account, props.name),
      users: Object.fromEntries(
        servicesIn(fleet, account)
          .filter(({ caches }) => caches.includes(props.name))
          .map((service) => [service.name, names.storeUser(props.name, service)]),
      ),
      furtherUsers: addMigrationUsers(this, {
        field: "cache",
        name: props.name,
        engine: definition.engine,
      }),
      protection,
      finalSnapshot,
    });
    new CacheAlarms(this, "alarms", {
      replicationGroupId,
      ...nodes,
      evicts: definition.parameters["maxmemory-policy"]?.startsWith("allkeys-") ?? false,
      ...read(this, topicsContract),
    });
    const clustered = shards !== undefined;
    publish(this, cacheContract(props.name), {
      arn: group.arn,
      replicationGroupId,
      endpoint: clustered ? group.configurationEndpointAddress : group.primaryEndpointAddress,
      readerEndpoint: clustered ? group.configurationEndpointAddress : group.readerEndpointAddress,
      port: String(CACHE_PORT),
      clientGroupId: groups.client.id,
      serverGroupId: groups.server.id,
    });
  }
}

export const cacheStacks = storeStacks<"caches">(({ caches }) => caches, CacheStack);

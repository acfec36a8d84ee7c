import type { Construct } from "constructs";
import {
  memoryDatabaseReplicas,
  memoryDatabaseVersion,
} from "../../environments/schema/data/memory-database";
import { servicesIn } from "../../environments/schema/fleet";
import * as names from "../../environments/schema/names";
import { isTiered } from "../../environments/schema/node-types";
import { shardMembers, watchedInMemory } from "../../modules/data/cache-alarms";
import { MEMORY_DATABASE_PORT, MemoryDatabase } from "../../modules/data/memory-database";
import { NodeAlarms } from "../../modules/data/node-alarms";
import { StoreGroups } from "../../modules/network/store-groups";
import { publish, read } from "../contract";
import { keysContract, memoryDatabaseContract, topicsContract, vpcContract } from "../contracts";
import { PlatformStack } from "../platform-stack";
import { addMigrationUsers } from "./migration-users";
import { storeStacks, type StoreStackProps } from "./store-stacks";

/** One MemoryDB cluster with its alarms, its users, and the group that its clients join. */
export class MemoryDatabaseStack extends PlatformStack {
  constructor(scope: Construct, { definition, ...props }: StoreStackProps<"memoryDatabases">) {
    super(scope, { ...props, concern: "data" });
    const { account, fleet, protection, finalSnapshot } = this;
    const { capabilities } = account;
    const clusterName = names.store(account, props.name);
    const vpc = read(this, vpcContract);
    const groups = new StoreGroups(this, "groups", {
      name: clusterName,
      vpcId: vpc.vpcId,
      port: MEMORY_DATABASE_PORT,
    });
    const { shards, nodeType, parameters } = definition;
    const replicas = memoryDatabaseReplicas(definition, capabilities);
    const { cluster } = new MemoryDatabase(this, "store", {
      clusterName,
      engine: definition.engine,
      engineVersion: memoryDatabaseVersion(definition),
      nodeType,
      dataTiering: isTiered(nodeType),
      shards,
      replicas,
      snapshotRetentionLimit: definition.snapshotRetentionDays ?? (capabilities.deletionProtection ? 35 : 7),
      snapshotArns: [...definition.seedFrom].sort(),
      parameters,
      subnetIds: vpc.isolatedSubnetIds,
      securityGroupId: groups.server.id,
      dataKeyArn: read(this, keysContract).dataKeyArn,
      operator: names.storeOperator(account, props.name),
      users: Object.fromEntries(
        servicesIn(fleet, account)
          .filter(({ memoryDatabases }) => memoryDatabases.includes(props.name))
          .map((service) => [service.name, names.storeUser(props.name, service)]),
      ),
      furtherUsers: addMigrationUsers(this, {
        field: "memoryDatabase",
        name: props.name,
        engine: definition.engine,
      }),
      protection,
      finalSnapshot,
    });
    new NodeAlarms(this, "alarms", {
      prefix: clusterName,
      namespace: "AWS/MemoryDB",
      nodes: shardMembers(clusterName, shards, replicas).map((NodeName) => ({
        ClusterName: clusterName,
        NodeName,
      })),
      watched: watchedInMemory(parameters["maxmemory-policy"]?.startsWith("allkeys-") ?? false),
      ...read(this, topicsContract),
    });
    publish(this, memoryDatabaseContract(props.name), {
      arn: cluster.arn,
      clusterName,
      endpoint: cluster.clusterEndpoint.get(0).address,
      port: String(MEMORY_DATABASE_PORT),
      clientGroupId: groups.client.id,
    });
  }
}

export const memoryDatabaseStacks = storeStacks<"memoryDatabases">(
  ({ memoryDatabases }) => memoryDatabases,
  MemoryDatabaseStack,
);

import type { Construct } from "constructs";
import { DATABASE_CLASSES, mostConnections } from "../../environments/schema/database-classes";
import * as names from "../../environments/schema/names";
import { AuroraAlarms } from "../../modules/data/aurora-alarms";
import { AuroraPostgresql, POSTGRESQL_PORT } from "../../modules/data/aurora-postgresql";
import { StoreGroups } from "../../modules/network/store-groups";
import { publish, read } from "../contract";
import { databaseContract, keysContract, topicsContract, vpcContract } from "../contracts";
import { PlatformStack } from "../platform-stack";
import { storeStacks, type StoreStackProps } from "./store-stacks";

/** One Aurora PostgreSQL cluster with its instances, alarms, and the group that its clients join. */
export class DatabaseStack extends PlatformStack {
  constructor(scope: Construct, { definition, ...props }: StoreStackProps<"databases">) {
    super(scope, { ...props, concern: "data" });
    const { account, protection } = this;
    const { capabilities } = account;
    const clusterIdentifier = names.store(account, props.name);
    const vpc = read(this, vpcContract);
    const groups = new StoreGroups(this, "groups", {
      name: clusterIdentifier,
      vpcId: vpc.vpcId,
      port: POSTGRESQL_PORT,
    });
    const databaseName = definition.databaseName ?? names.databaseName(props.name);
    const readers = definition.readers ?? (capabilities.multiAz ? 1 : 0);
    const { cluster } = new AuroraPostgresql(this, "store", {
      clusterIdentifier,
      engineVersion: definition.engineVersion,
      databaseName,
      instanceClass: definition.instanceClass,
      readers,
      backupRetentionPeriod: definition.backupRetentionDays ?? (capabilities.deletionProtection ? 35 : 7),
      parameters: definition.parameters,
      subnetIds: vpc.isolatedSubnetIds,
      securityGroupId: groups.server.id,
      ...read(this, keysContract),
      logRetentionInDays: capabilities.logRetentionDays,
      accountId: account.id,
      region: account.region,
      monitoringRoleName: names.databaseMonitoringRole(account, props.name),
      rolePath: names.WORKLOAD_ROLE_PATH,
      boundaryArn: names.boundaryArn(account),
      protection,
    });
    new AuroraAlarms(this, "alarms", {
      clusterIdentifier,
      memory: DATABASE_CLASSES.get(definition.instanceClass) ?? 4,
      connections: Number(
        definition.parameters["max_connections"] ?? mostConnections(definition.instanceClass),
      ),
      readers: readers > 0,
      ...read(this, topicsContract),
    });
    publish(this, databaseContract(props.name), {
      clusterArn: cluster.arn,
      resourceId: cluster.clusterResourceId,
      endpoint: cluster.endpoint,
      readerEndpoint: cluster.readerEndpoint,
      port: String(POSTGRESQL_PORT),
      databaseName,
      clientGroupId: groups.client.id,
    });
  }
}

export const databaseStacks = storeStacks<"databases">(({ databases }) => databases, DatabaseStack);

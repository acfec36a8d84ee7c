import type { RdsInstanceDatabase } from "../../environments/schema/data/database";
import {
  instanceClassOf,
  memoryOf,
  takesPerformanceInsights,
} from "../../environments/schema/database-classes";
import {
  canStandBy,
  databasePort,
  isPostgresql,
  isSqlServer,
  mostConnections,
  mostStorage,
  signsInByIam,
} from "../../environments/schema/database-engines";
import * as names from "../../environments/schema/names";
import { RdsAlarms } from "../../modules/data/rds-alarms";
import { RdsInstance } from "../../modules/data/rds-instance";
import { read } from "../contract";
import { topicsContract } from "../contracts";
import { restoreSource, sharedProps, type DatabasePlace, type FoundDatabase } from "./database-place";

/** An instance of RDS, its read replicas and their alarms. */
export function addRdsInstance(
  place: DatabasePlace,
  definition: RdsInstanceDatabase,
  databaseName: string,
): FoundDatabase {
  const { stack, name } = place;
  const { account } = stack;
  const identifier = names.store(account, name);
  const { iops, storageThroughput, readers, restoreFrom } = definition;
  const { instance, replicas } = new RdsInstance(stack, "store", {
    ...sharedProps(place, definition),
    engine: definition.engine,
    identifier,
    port: databasePort(definition),
    ...(isSqlServer(definition) ? {} : { databaseName }),
    ...("collation" in definition && definition.collation !== undefined
      ? { collation: definition.collation }
      : {}),
    ...("timezone" in definition && definition.timezone !== undefined
      ? { timezone: definition.timezone }
      : {}),
    instanceClass: instanceClassOf(definition),
    allocatedStorage: definition.allocatedStorage,
    maxAllocatedStorage: mostStorage(definition),
    ...(iops === undefined ? {} : { iops }),
    ...(storageThroughput === undefined ? {} : { storageThroughput }),
    multiAz: definition.multiAz ?? (account.capabilities.multiAz && canStandBy(definition)),
    readers,
    signsInByIam: signsInByIam(definition),
    performanceInsights: takesPerformanceInsights(definition),
    logicalReplication: "logicalReplication" in definition && definition.logicalReplication,
    ...(restoreFrom === undefined ? {} : { restoreFrom: restoreSource(restoreFrom) }),
  });
  const connections = mostConnections(definition);
  new RdsAlarms(stack, "alarms", {
    identifier,
    replicaIdentifiers: replicas.map((_, index) => `${identifier}-replica-${index + 1}`),
    memory: memoryOf(definition),
    storage: definition.allocatedStorage,
    ...(connections === undefined ? {} : { connections }),
    postgresql: isPostgresql(definition),
    ...read(stack, topicsContract),
  });
  return {
    clusterArn: instance.arn,
    resourceId: instance.resourceId,
    endpoint: instance.address,
    readerEndpoint: replicas[0]?.address ?? instance.address,
    replicas: replicas.map(({ address, resourceId }) => ({ endpoint: address, resourceId })),
  };
}

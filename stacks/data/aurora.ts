import type { AuroraDatabase } from "../../environments/schema/data/database";
import {
  instanceClassOf,
  memoryOf,
  takesPerformanceInsights,
} from "../../environments/schema/database-classes";
import {
  databasePort,
  isPostgresql,
  mostConnections,
  readersOf,
} from "../../environments/schema/database-engines";
import * as names from "../../environments/schema/names";
import { Aurora } from "../../modules/data/aurora";
import type { GlobalMembership } from "../../modules/data/aurora-beginning";
import { AuroraAlarms } from "../../modules/data/aurora-alarms";
import { read } from "../contract";
import { topicsContract } from "../contracts";
import { CompositionError } from "../errors";
import type { PlatformStack } from "../platform-stack";
import { restoreSource, sharedProps, type DatabasePlace, type FoundDatabase } from "./database-place";

/** An Aurora cluster and its alarms. */
export function addAurora(
  place: DatabasePlace,
  definition: AuroraDatabase,
  databaseName: string,
): FoundDatabase {
  const { stack, name } = place;
  const { serverless, readerAutoScaling, availabilityZones, restoreFrom } = definition;
  const clusterIdentifier = names.store(stack.account, name);
  const readers = readersOf(definition, stack.account.capabilities.multiAz);
  const membership = globalMembership(stack, name, definition);
  const { cluster } = new Aurora(stack, "store", {
    ...sharedProps(place, definition),
    engine: definition.engine,
    clusterIdentifier,
    port: databasePort(definition),
    databaseName,
    instanceClass: instanceClassOf(definition),
    ...(serverless === undefined ? {} : { serverless: capacity(serverless) }),
    readers,
    ...(readerAutoScaling === undefined ? {} : { readerAutoScaling }),
    ...(availabilityZones === undefined
      ? {}
      : { availabilityZones: availabilityZones.map((letter) => `${stack.account.region}${letter}`) }),
    storageType: definition.storageType,
    performanceInsights: takesPerformanceInsights(definition),
    logicalReplication: definition.logicalReplication,
    ...(restoreFrom === undefined ? {} : { restoreFrom: restoreSource(restoreFrom) }),
    ...(membership === undefined ? {} : { global: membership }),
  });
  new AuroraAlarms(stack, "alarms", {
    clusterIdentifier,
    memory: memoryOf(definition),
    connections: mostConnections(definition) ?? 0,
    readers: readers > 0 || readerAutoScaling !== undefined,
    postgresql: isPostgresql(definition),
    serverless: serverless !== undefined,
    ...read(stack, topicsContract),
  });
  return {
    clusterArn: cluster.arn,
    resourceId: cluster.clusterResourceId,
    endpoint: cluster.endpoint,
    readerEndpoint: cluster.readerEndpoint,
  };
}

function capacity({
  minCapacity,
  maxCapacity,
  secondsUntilAutoPause,
}: NonNullable<AuroraDatabase["serverless"]>) {
  return {
    minCapacity,
    maxCapacity,
    ...(secondsUntilAutoPause === undefined ? {} : { secondsUntilAutoPause }),
  };
}

/** A cluster's part in a global database, whose name both sides know. */
function globalMembership(
  { account, fleet }: PlatformStack,
  name: string,
  { global }: AuroraDatabase,
): GlobalMembership | undefined {
  if (global === undefined) return undefined;
  if (global.primary === undefined)
    return { role: "primary", globalClusterIdentifier: names.globalCluster(account, name) };
  const [accountName = "", database = ""] = global.primary.split("/");
  const primary = fleet.accounts.find((each) => each.name === accountName);
  if (primary === undefined) throw new CompositionError(`There is no account ${accountName}`);
  return {
    role: "secondary",
    globalClusterIdentifier: names.globalCluster(primary, database),
    sourceRegion: primary.region,
  };
}

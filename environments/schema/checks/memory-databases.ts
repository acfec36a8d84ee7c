import type { Account } from "../account";
import {
  MEMORY_DATABASE_VERSIONS,
  memoryDatabaseReplicas,
  memoryDatabaseVersion,
  type MemoryDatabase,
} from "../data/memory-database";
import type { Fleet } from "../fleet";
import { MEMORY_DATABASE_NODE_TYPES } from "../node-types";
import { formatPath } from "../parse";
import type { Violation } from "../violation";
import { nodeFaults, parameterFaults, retentionFaults, userFaults, versionFaults } from "./memory-stores";

type Found = Omit<Violation, "file">;

/** In-memory databases are such as MemoryDB has. */
export function checkMemoryDatabases(fleet: Fleet): Violation[] {
  return fleet.accounts.flatMap((account) => {
    const file = fleet.sources.accounts[account.name] ?? account.name;
    const databases = Object.entries(account.data?.memoryDatabases ?? {});
    return [
      ...databases.flatMap(([name, database]) =>
        faults(database, account).map((found) => ({
          ...found,
          path: `${formatPath(["data", "memoryDatabases", name])}.${found.path}`,
        })),
      ),
      ...userFaults(
        fleet,
        account,
        "memoryDatabases",
        databases.map(([name]) => name),
      ),
    ].map((found) => ({ ...found, file }));
  });
}

function faults(database: MemoryDatabase, account: Account): Found[] {
  const { engine, engineVersion, nodeType, shards, parameters, snapshotRetentionDays } = database;
  const versions = MEMORY_DATABASE_VERSIONS[engine];
  return [
    ...versionFaults(engine, memoryDatabaseVersion(database), versions, engineVersion),
    ...nodeFaults(
      {
        nodeType,
        shards,
        replicas: memoryDatabaseReplicas(database, account.capabilities),
        known: MEMORY_DATABASE_NODE_TYPES,
        service: "MemoryDB",
        such: "db.t4g.small or db.r7g.large",
      },
      account,
    ),
    ...parameterFaults(parameters, {}),
    ...retentionFaults(snapshotRetentionDays, account),
  ];
}

import type { Account } from "../account";
import { CACHE_VERSIONS, cacheReplicas, cacheVersion, signsIn, type Cache } from "../data/cache";
import type { Fleet } from "../fleet";
import { CACHE_NODE_TYPES, isTiered } from "../node-types";
import { formatPath } from "../parse";
import type { Violation } from "../violation";
import { nodeFaults, parameterFaults, retentionFaults, userFaults, versionFaults } from "./memory-stores";

type Found = Omit<Violation, "file">;

/** Caches are such as ElastiCache has. */
export function checkCaches(fleet: Fleet): Violation[] {
  return fleet.accounts.flatMap((account) => {
    const file = fleet.sources.accounts[account.name] ?? account.name;
    const caches = Object.entries(account.data?.caches ?? {});
    const here = caches.flatMap(([name, cache]) =>
      faults(cache, account).map((found) => ({
        ...found,
        path: `${formatPath(["data", "caches", name])}.${found.path}`,
      })),
    );
    const withUsers = caches.filter(([, cache]) => signsIn(cache)).map(([name]) => name);
    return [...here, ...userFaults(fleet, account, "caches", withUsers)].map((found) => ({ ...found, file }));
  });
}

function faults(cache: Cache, account: Account): Found[] {
  const { engine, engineVersion, nodeType, shards = 1 } = cache;
  return [
    ...versionFaults(engine, cacheVersion(cache), CACHE_VERSIONS[engine], engineVersion),
    ...nodeFaults(
      {
        nodeType,
        shards,
        replicas: cacheReplicas(cache, account.capabilities),
        known: CACHE_NODE_TYPES,
        service: "ElastiCache",
        such: "cache.t4g.small or cache.r7g.large",
      },
      account,
    ),
    ...migration(cache),
    ...parameterFaults(cache.parameters, { "cluster-enabled": "`shards` says it" }),
    ...retentionFaults(cache.snapshotRetentionDays, account),
  ];
}

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Migration-Prepare.html */
function migration(cache: Cache): Found[] {
  const { onlineMigrationTarget, nodeType, replicasPerShard, transitEncryptionMode, seedFrom, shards } =
    cache;
  const path = "onlineMigrationTarget";
  return [
    ...(onlineMigrationTarget && isTiered(nodeType)
      ? [
          {
            path,
            given: true,
            allowed: `false: online migration takes no nodes with data tiering, as ${nodeType}`,
          },
        ]
      : []),
    ...(onlineMigrationTarget && replicasPerShard === 0
      ? [
          {
            path,
            given: true,
            allowed: "with replicasPerShard of at least 1: online migration asks for Multi-AZ",
          },
        ]
      : []),
    ...(onlineMigrationTarget && transitEncryptionMode === "preferred"
      ? [
          {
            path: "transitEncryptionMode",
            given: transitEncryptionMode,
            allowed: "nothing while onlineMigrationTarget is true: online migration takes no TLS at all",
            mend: "write preferred once the migration is complete, and onlineMigrationTarget: false with it",
          },
        ]
      : []),
    ...(onlineMigrationTarget && seedFrom.length > 0
      ? [
          {
            path: "seedFrom",
            given: seedFrom,
            allowed: "nothing together with onlineMigrationTarget: one of the two fills it",
          },
        ]
      : []),
    ...(shards === undefined && seedFrom.length > 1
      ? [{ path: "seedFrom", given: seedFrom, allowed: "one file where there are no shards" }]
      : []),
  ];
}

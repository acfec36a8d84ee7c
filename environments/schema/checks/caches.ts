import type { Account } from "../account";
import { CACHE_VERSIONS, cacheReplicas, cacheVersion, signsIn, type Cache } from "../data/cache";
import { servicesIn, type Fleet } from "../fleet";
import * as names from "../names";
import { CACHE_NODE_TYPES, isTiered } from "../node-types";
import { formatPath, nearest } from "../parse";
import type { Violation } from "../violation";
import { NODES_MOST, parameterFaults, retentionFaults } from "./memory-stores";

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
    return [...here, ...sharedUsers(fleet, account)].map((found) => ({ ...found, file }));
  });
}

function faults(cache: Cache, account: Account): Found[] {
  return [
    ...version(cache),
    ...nodes(cache, account),
    ...migration(cache),
    ...parameterFaults(cache.parameters, { "cluster-enabled": "`shards` says it" }),
    ...retentionFaults(cache.snapshotRetentionDays, account),
  ];
}

function version(cache: Cache): Found[] {
  const { engine } = cache;
  const versions: readonly string[] = CACHE_VERSIONS[engine];
  return versions.includes(cacheVersion(cache))
    ? []
    : [
        {
          path: "engineVersion",
          given: cache.engineVersion,
          allowed: `with ${engine}: ${versions.join(", ")}`,
          mend: "leave it away for the version that the platform is tried with",
        },
      ];
}

function nodes(cache: Cache, { capabilities }: Account): Found[] {
  const { nodeType, shards = 1 } = cache;
  const replicas = cacheReplicas(cache, capabilities);
  const count = shards * (1 + replicas);
  const meant = nearest(nodeType, [...CACHE_NODE_TYPES]);
  return [
    ...(CACHE_NODE_TYPES.has(nodeType)
      ? []
      : [
          {
            path: "nodeType",
            given: nodeType,
            allowed: "a node type that ElastiCache has, such as cache.t4g.small or cache.r7g.large",
            mend:
              meant === undefined
                ? "choose one of the families t4g, m7g, r7g, r6gd, c7gn"
                : `write "${meant}"`,
          },
        ]),
    ...(count <= NODES_MOST
      ? []
      : [
          {
            path: "shards",
            given: `${count} nodes: ${shards} shards with ${1 + replicas} each`,
            inWords: true,
            allowed: `at most ${NODES_MOST} nodes`,
            mend: "take larger nodes, or fewer replicas",
          },
        ]),
    ...(capabilities.multiAz && replicas === 0
      ? [
          {
            path: "replicasPerShard",
            given: 0,
            allowed:
              "at least 1: the account keeps a standby of its stores in another zone (multiAz), and failover needs one",
            mend: "leave it away",
          },
        ]
      : []),
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

/** Users of one region have their names for all caches: `a-b` for `c` is `a` for `b-c`. */
function sharedUsers(fleet: Fleet, account: Account): Found[] {
  const seen = new Map<string, string>();
  return Object.entries(account.data?.caches ?? {})
    .filter(([, cache]) => signsIn(cache))
    .flatMap(([name]) => {
      const users = servicesIn(fleet, account)
        .filter(({ caches }) => caches.includes(name))
        .map((service) => [names.storeUser(name, service), `${service.name} at ${name}`] as const);
      return [[names.storeOperator(account, name), `operators at ${name}`] as const, ...users];
    })
    .flatMap(([user, whose]): Found[] => {
      const first = seen.get(user);
      seen.set(user, first ?? whose);
      return first === undefined
        ? []
        : [
            {
              path: "data.caches",
              given: user,
              allowed: `one user of that name; it is that of ${first} and that of ${whose}`,
              mend: "rename one of the caches",
            },
          ];
    });
}

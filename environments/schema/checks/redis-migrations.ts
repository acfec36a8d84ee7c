import type { Account } from "../account";
import { cacheVersion } from "../data/cache";
import { memoryDatabaseVersion } from "../data/memory-database";
import type { Fleet } from "../fleet";
import { reached } from "../migration/phase";
import type { RedisMigration } from "../migration/redis";
import * as names from "../names";
import type { Violation } from "../violation";
import { above, sizeFaults, unknownStore, unreadableSecret } from "./migration-parts";
import { perMigration, type Found } from "./per-migration";

/** Each migration of keys is one that its mode can do. */
export function checkRedisMigrations(fleet: Fleet): Violation[] {
  return perMigration(fleet, (migration, account) =>
    migration.kind === "redis"
      ? [
          ...targets(migration, account),
          ...unreadableSecret(migration.source.secret, "source.secret", account),
          ...unreadableSecret(migration.target.secret, "target.secret", account),
          ...versions(migration, account),
          ...waysBack(migration),
          ...MODES[migration.mode](migration, account, fleet),
          ...(migration.mode === "client-replication" ? [] : onlyOfRiot(migration)),
        ]
      : [],
  );
}

function targets({ target }: RedisMigration, account: Account): Found[] {
  const { cache, memoryDatabase } = target;
  if ((cache === undefined) === (memoryDatabase === undefined))
    return [
      {
        path: "target",
        given: cache === undefined ? "neither" : "both",
        inWords: true,
        allowed: "one of cache and memoryDatabase",
      },
    ];
  return cache !== undefined
    ? unknownStore(cache, "target.cache", "cache", account, account.data?.caches ?? {})
    : unknownStore(
        memoryDatabase ?? "",
        "target.memoryDatabase",
        "MemoryDB cluster",
        account,
        account.data?.memoryDatabases ?? {},
      );
}

const cacheOf = ({ target }: RedisMigration, { data }: Account) => data?.caches[target.cache ?? ""];
const memoryDatabaseOf = ({ target }: RedisMigration, { data }: Account) =>
  data?.memoryDatabases[target.memoryDatabase ?? ""];

/** What replicates or reads a snapshot knows the form of earlier versions, and of none that is later. */
function versions(migration: RedisMigration, account: Account): Found[] {
  const { mode, source } = migration;
  const [cache, memoryDatabase] = [cacheOf(migration, account), memoryDatabaseOf(migration, account)];
  const version =
    cache !== undefined
      ? cacheVersion(cache)
      : memoryDatabase !== undefined
        ? memoryDatabaseVersion(memoryDatabase)
        : undefined;
  const given = source.version.split(".").slice(0, 2).join(".");
  return mode === "client-replication" || version === undefined || !above(given, version)
    ? []
    : [
        {
          path: "source.version",
          given: source.version,
          allowed: `${version} at most, the target's version: ${mode} takes no later one`,
          mend: "set engineVersion of the target, or mode: client-replication",
        },
      ];
}

/** Nothing of Redis leads back by itself; only RIOT copies back. */
function waysBack({ mode, rollback }: RedisMigration): Found[] {
  return rollback.strategy === "reverse-copy" && mode !== "client-replication"
    ? [
        {
          path: "rollback.strategy",
          given: rollback.strategy,
          allowed: `dual-write or loss-declared: ${mode} has no way back, and RIOT, which copies back, is of client-replication`,
          mend: "choose one of these, or mode: client-replication",
        },
      ]
    : [];
}

const MODES: Readonly<
  Record<RedisMigration["mode"], (migration: RedisMigration, account: Account, fleet: Fleet) => Found[]>
> = {
  "elasticache-online": online,
  "rdb-seed": seeded,
  "client-replication": replicated,
};

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Migration-Prepare.html */
function online(migration: RedisMigration, account: Account): Found[] {
  const { source, target, network, databases } = migration;
  const mode = "elasticache-online";
  const cache = cacheOf(migration, account);
  const path = "onlineMigrationTarget";
  return [
    ...(target.memoryDatabase !== undefined
      ? [
          {
            path: "target.memoryDatabase",
            given: target.memoryDatabase,
            allowed: `target.cache: ${mode} fills caches of ElastiCache only`,
            mend: "choose rdb-seed or client-replication",
          },
        ]
      : []),
    ...(cache !== undefined && !cache.onlineMigrationTarget && !reached(migration.phase, "rollback-window")
      ? [
          {
            path: "target.cache",
            given: target.cache,
            allowed: `a cache with ${path}: online migration takes no target with TLS or users`,
            mend: `set ${path}: true for ${target.cache ?? "it"} in ${account.name}, with a waiver of cache-hardening`,
          },
        ]
      : []),
    ...(source.secret !== undefined
      ? [
          {
            path: "source.secret",
            given: source.secret,
            allowed: "no secret: online migration takes no source with AUTH",
            mend: "switch AUTH off at the source for the migration, or choose client-replication",
          },
        ]
      : []),
    ...(source.tls
      ? [
          {
            path: "source.tls",
            given: source.tls,
            allowed: "false: online migration replicates without TLS",
            mend: "let the source answer without TLS within the VPC or the VPN, or choose client-replication",
          },
        ]
      : []),
    ...(network.path === "egress"
      ? [
          {
            path: "network.path",
            given: network.path,
            allowed: "vpc or vpn: caches are in isolated subnets, from which no way leads to the internet",
            mend: "reach the source by a VPN, or choose client-replication",
          },
        ]
      : []),
    ...(databases.length === 1 && databases[0] === 0
      ? []
      : [
          {
            path: "databases",
            given: databases,
            allowed: "nothing: online migration moves all of them",
            mend: "remove it",
          },
        ]),
  ];
}

function seeded(migration: RedisMigration, account: Account, { organization }: Fleet): Found[] {
  const { id, phase, target } = migration;
  const store = cacheOf(migration, account) ?? memoryDatabaseOf(migration, account);
  if (store === undefined || !reached(phase, "cdc") || reached(phase, "decommission")) return [];
  const from = `arn:aws:s3:::${names.migrationSeeds(organization, account, id)}/`;
  const field = target.cache === undefined ? "memoryDatabases" : "caches";
  return store.seedFrom.some((arn) => arn.startsWith(from))
    ? []
    : [
        {
          path: `target.${target.cache === undefined ? "memoryDatabase" : "cache"}`,
          given: target.cache ?? target.memoryDatabase,
          allowed: `a store that began with a snapshot of ${from}`,
          mend: `seedFrom: ["${from}${id}.rdb"] in data.${field} of ${account.name}`,
        },
      ];
}

function replicated(migration: RedisMigration, account: Account): Found[] {
  const { riot, target, databases, keyspaceNotifications } = migration;
  const clustered = target.memoryDatabase !== undefined || cacheOf(migration, account)?.shards !== undefined;
  return [
    ...(riot === undefined
      ? [
          {
            path: "riot",
            given: "nothing",
            inWords: true,
            allowed: "the image of RIOT, which replicates",
            mend: 'riot: { image: "<registry>/riot@sha256:<digest>" }',
          },
        ]
      : sizeFaults("riot", riot)),
    ...(keyspaceNotifications
      ? []
      : [
          {
            path: "keyspaceNotifications",
            given: keyspaceNotifications,
            allowed: "true: without notifications nothing follows in cdc, and a copy is as of its start",
            mend: "CONFIG SET notify-keyspace-events KEA at the source, or choose rdb-seed",
          },
        ]),
    ...(target.secret === undefined
      ? [
          {
            path: "target.secret",
            given: "nothing",
            inWords: true,
            allowed: "the secret of a user with a password: RIOT does not sign in by IAM",
            mend: `declare it in secrets of ${account.name}, and name it here`,
          },
        ]
      : []),
    ...(clustered && databases.some((number) => number !== 0)
      ? [
          {
            path: "databases",
            given: databases,
            allowed: "0: a target with shards has one database",
            mend: "choose a cache without shards, or move the keys into database 0 at the source",
          },
        ]
      : []),
  ];
}

function onlyOfRiot({ mode, riot, target }: RedisMigration): Found[] {
  const strange = (path: string, given: unknown): Found => ({
    path,
    given,
    allowed: `nothing with ${mode}: only client-replication has a task`,
    mend: "remove it",
  });
  return [
    ...(riot === undefined ? [] : [strange("riot", riot)]),
    ...(target.secret === undefined ? [] : [strange("target.secret", target.secret)]),
  ];
}

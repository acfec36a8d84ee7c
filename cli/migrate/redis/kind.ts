import { ElastiCacheClient } from "@aws-sdk/client-elasticache";
import type { Phase } from "../../../environments/schema/migration/phase";
import type { RedisMigration } from "../../../environments/schema/migration/redis";
import type { MigrationKind, Notes } from "../kind";
import type { Measure } from "../measured";
import { REDIS_GATES } from "./gates";
import { intendRedis } from "./intend";
import { observeRedis, type RedisObservation } from "./observe";

/** Keys of Redis or Valkey, into ElastiCache or MemoryDB. */
export const REDIS: MigrationKind<RedisMigration, RedisObservation> = {
  observe: ({ account, migration, options }) =>
    observeRedis(new ElastiCacheClient(options), account, migration),
  gates: REDIS_GATES,
  measures: measuresOf,
  missing: ({ target }, { group }) =>
    target.cache !== undefined && group === undefined
      ? `the cache ${target.cache} is not there yet`
      : undefined,
  show: ({ group }) =>
    group === undefined
      ? []
      : [
          {
            head: ["CACHE", "STATE", "MULTI-AZ", "TLS", "LAST EVENT"],
            rows: [
              [
                group.id,
                group.status,
                group.multiAz ? "on" : "off",
                group.transitEncryption ? "on" : "off",
                group.events.at(-1) ?? "",
              ],
            ],
          },
        ],
  progress: ({ group }) =>
    group === undefined ? "measured by hand" : [group.status, group.events.at(-1)].filter(Boolean).join(": "),
  notes: ({ group }): Notes => (group === undefined ? {} : { cache: group.id, state: group.status }),
  intend: (operation, place, observed) =>
    intendRedis(operation, place, new ElastiCacheClient(place.options), observed),
};

function measuresOf(
  { mode, databases, keyspaceNotifications }: RedisMigration,
  phase: Phase,
): readonly Measure[] {
  const online = mode === "elasticache-online";
  const compared: readonly Measure[] = [
    ...databases.map((number) => ({
      name: `dbsize ${number}`,
      what: `DBSIZE of database ${number}`,
      comparison: true,
    })),
    { name: "ttlDifferences", what: "sampled keys whose TTL differs by more than a minute: 0" },
    { name: "differences", what: "keys that differ, under a freeze: 0" },
  ];
  const lag: Measure = {
    name: "replicationLag",
    what: "master_repl_offset of the source less that of the target: 0",
  };
  switch (phase) {
    case "prepare":
      return online
        ? []
        : [
            {
              name: "sourceReached",
              what: "PONG, the source's answer to PING from within the account's network",
            },
            ...(mode === "rdb-seed" ? [{ name: "snapshot", what: "ARN of the snapshot in S3" }] : []),
          ];
    case "full-load":
      return online
        ? [
            { name: "masterLink", what: "up, master_link_status at the target" },
            { name: "masterSync", what: "0, master_sync_in_progress at the target" },
          ]
        : [{ name: "loaded", what: "complete, once every key was written" }];
    case "cdc":
      return online || (mode === "client-replication" && keyspaceNotifications) ? [lag] : [];
    case "validated":
      return compared;
    case "cutover":
      return [{ name: "writes", what: "frozen, once nothing writes to the source" }, ...compared];
    case "rollback-window":
      return [{ name: "sourceWrites", what: "writes of applications at the source since the cutover: 0" }];
    case "decommission":
      return [];
  }
}

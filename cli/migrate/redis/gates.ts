import type { RedisMigration } from "../../../environments/schema/migration/redis";
import { trafficGates, windowGates } from "../every-kind-gates";
import { gate, isOne, type Gate } from "../gate";
import type { GatesByPhase, Known } from "../kind";
import { measuredAny, measuredIs, measuredSame } from "../measured";
import type { RedisObservation } from "./observe";

type RedisKnown = Known<RedisMigration, RedisObservation>;

/** What has to hold before a migration of keys leaves each phase. */
export const REDIS_GATES: GatesByPhase<RedisMigration, RedisObservation> = {
  prepare: prepareGates,
  "full-load": loadGates,
  cdc: followGates,
  validated: comparedGates,
  cutover: cutoverGates,
  "rollback-window": windowGates,
};

function prepareGates({ migration, observed: { group }, measured }: RedisKnown): readonly Gate[] {
  const { id, mode } = migration;
  if (mode !== "elasticache-online")
    return [
      // A store that is there reads no seed: the target is made once its snapshot lies in S3.
      ...(mode === "rdb-seed" ? [] : available({ migration, group })),
      measuredIs(
        measured,
        "sourceReached",
        "PONG",
        "the source is to answer PING from within the account's network",
      ),
      ...(mode === "rdb-seed"
        ? [measuredAny(measured, "snapshot", "the ARN of the snapshot in S3 that the target begins with")]
        : []),
    ];
  const tested = group?.events.findLast((event) => /test migration/i.test(event));
  return [
    ...available({ migration, group }),
    gate(
      "transitEncryption",
      { value: word(group?.transitEncryption), limit: "off", holds: group?.transitEncryption === false },
      "ElastiCache takes an online migration without TLS only: set onlineMigrationTarget of the cache",
    ),
    gate(
      "multiAz",
      { value: word(group?.multiAz), limit: "on", holds: group?.multiAz === true },
      "ElastiCache takes an online migration with Multi-AZ only: give the cache a replica in a second zone",
    ),
    gate(
      "connection",
      {
        value: tested ?? "not tested",
        limit: "a test that succeeded",
        holds: tested !== undefined && /succe/i.test(tested),
      },
      `test it: slipway migrate assess ${id}`,
    ),
  ];
}

const word = (on: boolean | undefined) => (on === undefined ? "unknown" : on ? "on" : "off");

/** MemoryDB is measured; a cache is asked. */
const available = ({
  migration,
  group,
}: {
  migration: RedisMigration;
  group: RedisObservation["group"];
}): readonly Gate[] =>
  migration.target.cache === undefined
    ? []
    : [isOne("target", group?.status ?? "not there", ["available"], "wait until ElastiCache has made it")];

function loadGates({ migration, observed: { group }, measured }: RedisKnown): readonly Gate[] {
  if (migration.mode === "elasticache-online")
    return [
      isOne(
        "migrating",
        group?.status ?? "not there",
        ["migrating"],
        `start it: slipway migrate start ${migration.id}`,
      ),
      measuredIs(measured, "masterLink", "up", "master_link_status of INFO replication at the target"),
      measuredIs(measured, "masterSync", 0, "master_sync_in_progress of INFO replication at the target"),
    ];
  return [
    ...available({ migration, group }),
    measuredIs(
      measured,
      "loaded",
      "complete",
      "every key was written once: the seed was read, or the scan has ended",
    ),
  ];
}

function followGates({ migration, observed: { group }, measured }: RedisKnown): readonly Gate[] {
  if (migration.mode === "elasticache-online")
    return [
      isOne(
        "migrating",
        group?.status ?? "not there",
        ["migrating"],
        "it has to follow the source until the cutover",
      ),
      lag(measured),
    ];
  return migration.mode === "client-replication" && migration.keyspaceNotifications
    ? [lag(measured)]
    : [
        gate(
          "changes",
          { value: "not followed: writes freeze before the copy", limit: "none followed", holds: true },
          "",
        ),
      ];
}

const lag = (measured: RedisKnown["measured"]) =>
  measuredIs(measured, "replicationLag", 0, "master_repl_offset of the source less that of the target");

/** The same keys, as many and for as long. */
function comparedGates({ migration, measured }: RedisKnown): readonly Gate[] {
  return [
    ...migration.databases.map((number) =>
      measuredSame(measured, `dbsize ${number}`, `DBSIZE of database ${number} at both ends`),
    ),
    measuredIs(measured, "ttlDifferences", 0, "sampled keys whose TTL differs by more than a minute"),
    measuredIs(measured, "differences", 0, "keys that the comparison found different, under a freeze"),
  ];
}

function cutoverGates(known: RedisKnown): readonly Gate[] {
  const { migration, observed, measured } = known;
  const completed = observed.group?.events.findLast((event) => /complete migration/i.test(event));
  return [
    measuredIs(measured, "writes", "frozen", "writes at the source are to be frozen"),
    ...(migration.mode === "elasticache-online"
      ? [
          gate(
            "completed",
            {
              value: completed ?? observed.group?.status ?? "not there",
              limit: "Complete Migration successful",
              holds:
                completed !== undefined &&
                /success/i.test(completed) &&
                observed.group?.status === "available",
            },
            `complete it: slipway migrate stop ${migration.id}`,
          ),
        ]
      : []),
    ...comparedGates(known),
    ...trafficGates(migration),
  ];
}

import {
  DescribeEventsCommand,
  DescribeReplicationGroupsCommand,
  ReplicationGroupNotFoundFault,
  type ElastiCacheClient,
} from "@aws-sdk/client-elasticache";
import type { Account } from "../../../environments/schema/account";
import type { RedisMigration } from "../../../environments/schema/migration/redis";
import * as names from "../../../environments/schema/names";

/** What AWS tells of a migration of keys. */
export interface RedisObservation {
  readonly kind: "redis";
  /** The cache that keys move into; none of MemoryDB, and none that is not applied. */
  readonly group?: GroupObservation;
}

export interface GroupObservation {
  readonly id: string;
  /** `available`, or `migrating` while it is the source's replica. */
  readonly status: string;
  readonly multiAz: boolean;
  readonly transitEncryption: boolean;
  readonly shards: number;
  /** What ElastiCache said of the migration within two weeks, the latest last. */
  readonly events: readonly string[];
}

/** The replication group of a migration's target; none of MemoryDB. */
export const groupOf = (account: Account, { target }: RedisMigration): string | undefined =>
  target.cache === undefined ? undefined : names.store(account, target.cache);

/** ElastiCache keeps events for two weeks; `Duration` is in minutes. */
const TWO_WEEKS = 14 * 24 * 60;

export async function observeRedis(
  client: ElastiCacheClient,
  account: Account,
  migration: RedisMigration,
): Promise<RedisObservation> {
  const id = groupOf(account, migration);
  if (id === undefined) return { kind: "redis" };
  try {
    const { ReplicationGroups: [found] = [] } = await client.send(
      new DescribeReplicationGroupsCommand({ ReplicationGroupId: id }),
    );
    if (found === undefined) return { kind: "redis" };
    const { Events: events = [] } = await client.send(
      new DescribeEventsCommand({
        SourceType: "replication-group",
        SourceIdentifier: id,
        Duration: TWO_WEEKS,
      }),
    );
    return {
      kind: "redis",
      group: {
        id,
        status: found.Status ?? "unknown",
        multiAz: found.MultiAZ === "enabled",
        transitEncryption: found.TransitEncryptionEnabled === true,
        shards: found.NodeGroups?.length ?? 0,
        events: [...events]
          .sort((a, b) => (a.Date?.getTime() ?? 0) - (b.Date?.getTime() ?? 0))
          .flatMap(({ Message: message }) =>
            message !== undefined && /migration/i.test(message) ? [message] : [],
          ),
      },
    };
  } catch (error) {
    if (error instanceof ReplicationGroupNotFoundFault) return { kind: "redis" };
    throw error;
  }
}

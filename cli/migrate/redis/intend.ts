import {
  CompleteMigrationCommand,
  StartMigrationCommand,
  TestMigrationCommand,
  type ElastiCacheClient,
} from "@aws-sdk/client-elasticache";
import type { RedisMigration } from "../../../environments/schema/migration/redis";
import { CliError } from "../../errors";
import type { Intention } from "../intention";
import type { Operation, Place } from "../kind";
import { selectorsOf } from "../stacks";
import { groupOf, type RedisObservation } from "./observe";

/** What an operation would do to an online migration of ElastiCache; other modes are worked by their runbook. */
export function intendRedis(
  operation: Operation,
  place: Place<RedisMigration>,
  client: ElastiCacheClient,
  { group }: RedisObservation,
): Intention {
  const { account, migration } = place;
  const { id, mode, phase, source } = migration;
  const name = groupOf(account, migration);
  if (mode !== "elasticache-online" || name === undefined)
    throw new CliError(
      `A migration by ${mode} is not worked by AWS. Nothing was changed.`,
      `Its steps: slipway migrate runbook ${id}`,
    );
  if (group === undefined)
    throw new CliError(
      `The cache ${name} is not there yet. Nothing was changed.`,
      `Apply it: slipway up ${selectorsOf(place)}`,
    );
  const at = {
    ReplicationGroupId: name,
    CustomerNodeEndpointList: [{ Address: source.host, Port: source.port }],
  };
  const refuseUnless = (holds: boolean, why: string, mend: string) => {
    if (!holds) throw new CliError(`${why} Nothing was changed.`, mend);
  };
  switch (operation) {
    case "assess":
      refuseUnless(group.status === "available", `${name} is ${group.status}.`, "A test needs it available.");
      return {
        what: `${name}: test the migration from ${source.host}:${source.port}`,
        run: async () => {
          await client.send(new TestMigrationCommand(at));
          return {
            text: `${name} tests its source; how it ends is an event: slipway migrate status ${id} --watch`,
          };
        },
      };
    case "start":
      refuseUnless(
        phase === "full-load",
        `${id} is in phase ${phase}, and starts in full-load.`,
        `slipway migrate status ${id} shows how it stands.`,
      );
      refuseUnless(
        group.status === "available",
        `${name} is ${group.status}.`,
        `slipway migrate status ${id} shows how it stands.`,
      );
      return {
        what: `${name}: become the replica of ${source.host}:${source.port}`,
        danger: `Every key that ${name} holds is deleted, and nobody can write to it until the migration is completed.`,
        run: async () => {
          await client.send(new StartMigrationCommand(at));
          return { text: `${name} becomes the source's replica: slipway migrate status ${id} --watch` };
        },
      };
    case "stop":
      refuseUnless(
        group.status === "migrating",
        `${name} is ${group.status}, and not migrating.`,
        `slipway migrate status ${id} shows how it stands.`,
      );
      return {
        what: `${name}: complete the migration`,
        danger: `${name} stops following the source for good, and takes writes itself; another start deletes its keys.`,
        run: async () => {
          // Without Force: ElastiCache refuses while source and target are not in sync.
          await client.send(new CompleteMigrationCommand({ ReplicationGroupId: name }));
          return { text: `${name} becomes a primary of its own: slipway migrate status ${id} --watch` };
        },
      };
    case "reload":
      throw new CliError(
        "ElastiCache replicates all keys or none: there is nothing to load anew. Nothing was changed.",
        `Complete it and start it again: slipway migrate stop ${id}, then slipway migrate start ${id}`,
      );
  }
}

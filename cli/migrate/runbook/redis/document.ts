import type { RedisMigration } from "../../../../environments/schema/migration/redis";
import * as names from "../../../../environments/schema/names";
import { selectorsOf, trafficStackOf } from "../../stacks";
import { REDIS } from "../../redis/kind";
import { shiftTraffic, signOff } from "../closing";
import { backToValidated, commit, leave } from "../common";
import { fileOf, type Context } from "../context";
import { inOrder } from "../order";
import { checklist, result, sh, table, type Section } from "../text";
import { prerequisites } from "./prerequisites";
import { riotEnds, riotFollows, riotRuns } from "./riot";

type Redis = Context<RedisMigration>;

/** The runbook of a migration of keys, from its first plan to its sign-off. */
export const redisSections = (context: Redis): readonly Section[] =>
  inOrder(context, (phase) => measures(context, phase), {
    copying: [prerequisites(context), deploy(context), load(context), compare(context)],
    cutover: [freeze(context), cutover(context)],
    rollback: rollbackBranch(context),
    decommission: decommission(context),
  });

const seeds = ({ fleet, account, migration }: Redis) =>
  names.migrationSeeds(fleet.organization, account, migration.id);
const measures = ({ migration }: Redis, phase: RedisMigration["phase"]) => REDIS.measures(migration, phase);

function deploy(context: Redis): Section {
  const { id, mode } = context.migration;
  return {
    title: "Deploy, and test",
    blocks: [
      sh(`slipway plan ${selectorsOf(context)}`, `slipway up ${selectorsOf(context)}`),
      ...(mode === "elasticache-online"
        ? [sh(`slipway migrate assess ${id}`, `slipway migrate status ${id} --watch`)]
        : []),
      result("Target, and test"),
      ...leave(context, "prepare", measures(context, "prepare")),
    ],
  };
}

function load(context: Redis): Section {
  const { account, migration } = context;
  const { id, mode } = migration;
  const steps: Readonly<Record<RedisMigration["mode"], readonly string[]>> = {
    "elasticache-online": [
      "The cache becomes the source's replica. Every key that it holds is deleted, and it takes no writes until the cutover; nothing changes its stack meanwhile.",
      sh(
        `slipway migrate start ${id}`,
        `slipway migrate status ${id}`,
        "target_redis INFO replication | grep -E 'master_(link_status|sync_in_progress|repl_offset)'",
      ),
    ],
    "rdb-seed": [
      "A snapshot of the frozen source is what the target begins with. It lies in a bucket of the migration's own stack, which ElastiCache and MemoryDB may read.",
      sh(
        `source_redis --rdb ${id}.rdb`,
        `aws s3 cp ${id}.rdb s3://${seeds(context)}/${id}.rdb --region ${account.region}`,
        `\${EDITOR:-vi} ${context.fleet.sources.accounts[account.name] ?? "accounts"} # seedFrom: ["arn:aws:s3:::${seeds(context)}/${id}.rdb"]`,
        `slipway plan '${account.name}-data-*'`,
        `slipway up '${account.name}-data-*'`,
      ),
    ],
    "client-replication": [
      "RIOT copies every key once, in tasks of the migration's own stack.",
      ...riotRuns(context, "scan"),
    ],
  };
  return {
    title: "Load",
    blocks: [
      ...steps[mode],
      result("Loaded at"),
      ...leave(context, "full-load", measures(context, "full-load")),
      ...(mode === "client-replication"
        ? [
            "In phase cdc a service for each database follows what changes; each runs once:",
            riotFollows(context),
          ]
        : []),
      ...leave(context, "cdc", measures(context, "cdc")),
    ],
  };
}

function compare(context: Redis): Section {
  return {
    title: "Validation, and its evidence",
    blocks: [...comparison(context), ...differences(context)],
  };
}

/** RIOT compares every key, from phase validated on. */
const differences = (context: Redis): readonly string[] =>
  context.migration.mode === "client-replication"
    ? ["Every key, by RIOT:", ...riotRuns(context, "compare")]
    : [];

function comparison({ migration: { databases } }: Redis): readonly string[] {
  return [
    sh(
      ...databases.flatMap((number) => [
        `source_redis -n ${number} DBSIZE`,
        `target_redis -n ${number} DBSIZE`,
      ]),
    ),
    "Time to live and value of a hundred keys of each database:",
    sh(
      ...databases.map(
        (number) =>
          `for i in $(seq 100); do key=$(source_redis -n ${number} RANDOMKEY); echo "$key $(source_redis -n ${number} TTL "$key") $(target_redis -n ${number} TTL "$key") $(source_redis -n ${number} --no-raw DUMP "$key" | md5sum | cut -c1-8)"; done | awk '{ d = $2 - $3; if (d < -60 || d > 60) n++ } END { print n + 0, "differ" }'`,
      ),
    ),
    table(
      ["database", "keys at the source", "keys at the target", "TTL differs"],
      databases.map((number) => [number, "____", "____", "____"]),
    ),
  ];
}

function freeze(context: Redis): Section {
  return {
    title: "Freeze, drain",
    blocks: [
      checklist(
        "the application says that it is under maintenance",
        "jobs and queues that write are stopped",
      ),
      sh(
        "source_redis CLIENT LIST TYPE normal # none of an application",
        "source_redis INFO replication | grep master_repl_offset",
        "target_redis INFO replication | grep -E '(master|slave)_repl_offset'",
      ),
      result("Frozen at, offsets"),
      ...comparison(context),
      ...differences(context),
    ],
  };
}

function cutover(context: Redis): Section {
  const { id, mode } = context.migration;
  return {
    title: "Complete, shift traffic, open writes",
    blocks: [
      ...(mode === "elasticache-online"
        ? [
            "The cache becomes a primary of its own; ElastiCache refuses that while it is not in sync.",
            sh(`slipway migrate stop ${id}`, `slipway migrate status ${id}`),
          ]
        : mode === "client-replication"
          ? ["RIOT ends, once nothing waits:", riotEnds(context)]
          : []),
      ...shiftTraffic(context),
      result("Writes open at the target at"),
    ],
  };
}

function rollbackBranch(context: Redis): Section {
  const { migration } = context;
  const { rollback, traffic } = migration;
  return {
    title: "Rollback branch",
    blocks: [
      `Only ${rollback.decisionOwner} decides to go it, within ${rollback.windowHours} h. Redis has no way back of its own; the strategy is **${rollback.strategy}**.`,
      checklist("clients of the target are stopped, as in the freeze above"),
      ...(rollback.strategy === "reverse-copy"
        ? [
            "RIOT copies back, where it runs: the tasks are there from phase rollback-window on. Before, nothing is to be copied but what was written since the traffic moved: leave phase cutover first.",
            ...riotRuns(context, "reverse"),
            ...comparison(context),
          ]
        : rollback.strategy === "dual-write"
          ? ["The application has written to both: nothing is copied.", ...comparison(context)]
          : [
              "What was written since is lost, as was declared; write down its beginning and end.",
              result("Lost from, to"),
            ]),
      ...(traffic === undefined
        ? ["Let clients use the source again, as they did before."]
        : [
            sh(
              `\${EDITOR:-vi} ${fileOf(context)} # traffic: step: 0`,
              ...commit(context, "traffic back"),
              `slipway up ${trafficStackOf(context)}`,
              ...traffic.records.map(({ name, type, from }) => `dig +short ${name} ${type} # ${from}`),
            ),
          ]),
      "The migration is back before its cutover: write the phase, and remove the evidence of what did not last.",
      sh(...backToValidated(context)),
      result("Decided by, at; clients back at"),
    ],
  };
}

function decommission(context: Redis): Section {
  const { account, migration } = context;
  return {
    title: "Decommission, sign-off",
    blocks: [
      ...(migration.mode === "elasticache-online"
        ? [
            `The cache goes back to TLS: \`transitEncryptionMode\` preferred, then every client by TLS, then required, each applied before the next, and \`onlineMigrationTarget\` is taken out of \`${context.fleet.sources.accounts[account.name] ?? "the account's file"}\`.`,
            sh(`slipway plan '${account.name}-data-*'`, `slipway up '${account.name}-data-*'`),
          ]
        : []),
      sh("source_redis SAVE"),
      checklist("the source's last snapshot is kept as long as the law says, and the source is shut down"),
      ...signOff(context),
    ],
  };
}

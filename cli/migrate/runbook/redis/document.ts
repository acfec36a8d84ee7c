import type { RedisMigration } from "../../../../environments/schema/migration/redis";
import * as names from "../../../../environments/schema/names";
import { selectorsOf } from "../../stacks";
import { REDIS } from "../../redis/kind";
import { goNoGo, lowerTtl, rehearsal, shiftTraffic, signOff, smoke, windowReport } from "../closing";
import { leave, scope } from "../common";
import { fileOf, type Context } from "../context";
import { checklist, result, sh, table, type Section } from "../text";
import { prerequisites } from "./prerequisites";

type Redis = Context<RedisMigration>;

/** The runbook of a migration of keys, from its first plan to its sign-off. */
export const redisSections = (context: Redis): readonly Section[] => [
  scope(context),
  prerequisites(context),
  deploy(context),
  load(context),
  compare(context),
  rehearsal,
  lowerTtl(context),
  goNoGo(context, measures(context, "validated")),
  freeze(context),
  cutover(context),
  smoke(context, measures(context, "cutover")),
  rollbackBranch(context),
  windowReport(context, REDIS.measures(context.migration, "rollback-window")),
  decommission(context),
];

/** ElastiCache and MemoryDB, as S3 knows them. */
const READER = "540804c33a284a299d2547575ce1010f2312ef3da9b3a053c8bc45bf233e4353";
const seeds = ({ fleet, account, migration }: Redis) =>
  names.bucket(fleet.organization, account, `seed-${migration.id}`);
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
  const { id, mode, source, databases } = migration;
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
      "A snapshot of the frozen source is what the target begins with. It lies in a bucket of its own until then, which ElastiCache and MemoryDB may read by their canonical id.",
      sh(
        `BUCKET=${seeds(context)}`,
        `source_redis --rdb ${id}.rdb`,
        `aws s3api create-bucket --bucket "$BUCKET" --region ${account.region} --create-bucket-configuration LocationConstraint=${account.region} --object-ownership BucketOwnerPreferred`,
        `aws s3api put-bucket-acl --bucket "$BUCKET" --grant-read id=${READER} --grant-read-acp id=${READER}`,
        `aws s3api put-object --bucket "$BUCKET" --key ${id}.rdb --body ${id}.rdb --grant-read id=${READER}`,
        `\${EDITOR:-vi} ${context.fleet.sources.accounts[account.name] ?? "accounts"} # seedFrom: ["arn:aws:s3:::${seeds(context)}/${id}.rdb"]`,
        `slipway plan '${account.name}-data-*'`,
        `slipway up '${account.name}-data-*'`,
      ),
    ],
    "client-replication": [
      "RIOT copies every key, and then follows what changes.",
      sh(
        ...databases.map(
          (number) =>
            `riot replicate "redis${source.tls ? "s" : ""}://${source.host}:${source.port}/${number}" "rediss://$TARGET_HOST:6379/${number}"${migration.keyspaceNotifications ? " --mode live" : " --mode scan"}`,
        ),
      ),
    ],
  };
  return {
    title: "Load",
    blocks: [
      ...steps[mode],
      result("Loaded at"),
      ...leave(context, "full-load", measures(context, "full-load")),
      ...leave(context, "cdc", measures(context, "cdc")),
    ],
  };
}

function compare(context: Redis): Section {
  return {
    title: "Validation, and its evidence",
    blocks: [...comparison(context)],
  };
}

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
          ? ["RIOT ends: interrupt it once nothing waits."]
          : []),
      ...shiftTraffic(context),
      result("Writes open at the target at"),
    ],
  };
}

function rollbackBranch(context: Redis): Section {
  const { migration } = context;
  const { rollback, traffic, source, databases } = migration;
  return {
    title: "Rollback branch",
    blocks: [
      `Only ${rollback.decisionOwner} decides to go it, within ${rollback.windowHours} h. Redis has no way back of its own; the strategy is **${rollback.strategy}**.`,
      checklist("clients of the target are stopped, as in the freeze above"),
      ...(rollback.strategy === "reverse-copy"
        ? [
            sh(
              ...databases.map(
                (number) =>
                  `riot replicate "rediss://$TARGET_HOST:6379/${number}" "redis${source.tls ? "s" : ""}://${source.host}:${source.port}/${number}" --mode scan`,
              ),
            ),
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
              `\${EDITOR:-vi} ${fileOf(context)} # traffic: step: 0, phase: "validated"`,
              `slipway up ${selectorsOf(context)}`,
              ...traffic.records.map(({ name, type, from }) => `dig +short ${name} ${type} # ${from}`),
            ),
          ]),
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
      ...(migration.mode === "rdb-seed" ? [sh(`aws s3 rb --force s3://${seeds(context)}`)] : []),
      sh("source_redis SAVE"),
      checklist("the source's last snapshot is kept as long as the law says, and the source is shut down"),
      ...signOff(context),
    ],
  };
}

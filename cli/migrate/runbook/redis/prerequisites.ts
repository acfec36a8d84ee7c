import type { RedisMigration } from "../../../../environments/schema/migration/redis";
import * as names from "../../../../environments/schema/names";
import { path, secrets, setUp } from "../common";
import { secretId, type Context } from "../context";
import { checklist, result, sh, type Section } from "../text";
import { riotClient } from "./riot";

type Redis = Context<RedisMigration>;

/** What has to be so before anything is made: secrets, path, clients, and what AWS asks for. */
export function prerequisites(context: Redis): Section {
  const { account, migration } = context;
  const { source, target, mode } = migration;
  const online = mode === "elasticache-online";
  return {
    title: "Prerequisites, and their results",
    blocks: [
      ...setUp(context, ["redis-cli"]),
      "### Secrets",
      ...secrets(context, [
        ...(source.secret === undefined
          ? []
          : [[source.secret, 'JSON `{"username", "password"}` of the source'] as const]),
        ...(target.secret === undefined
          ? []
          : [
              [
                target.secret,
                `JSON \`{"username": "${names.migrationUser(account, migration.id)}", "password"}\`, sixteen characters or more`,
              ] as const,
            ]),
      ]),
      "### Path",
      ...path(context),
      "### Clients",
      sh(
        ...(source.secret === undefined
          ? []
          : [
              `SOURCE=$(aws secretsmanager get-secret-value --region ${account.region} --secret-id ${secretId(context, source.secret)} --query SecretString --output text)`,
            ]),
        `source_redis() { ${source.secret === undefined ? "" : 'REDISCLI_AUTH=$(jq -r .password <<<"$SOURCE") '}redis-cli -h ${source.host} -p ${source.port}${source.tls ? " --tls" : ""}${source.secret === undefined ? "" : ' --user "$(jq -r .username <<<"$SOURCE")"'} "$@"; }`,
        ...targetClient(context),
      ),
      ...(mode === "client-replication" ? [riotClient(context)] : []),
      sh(
        "source_redis PING # PONG",
        "source_redis INFO server | grep _version",
        "source_redis INFO memory | grep used_memory_human",
      ),
      result("PONG, version, memory"),
      sh(`source_redis CONFIG GET databases`, `source_redis CONFIG GET notify-keyspace-events`),
      result("Databases, notifications"),
      ...(online
        ? [
            "AWS's online migration asks for all of this:",
            checklist(
              "the source has no AUTH, and protected-mode is no",
              "the source's bind lets the cache's subnets in",
              "source and target have the same number of databases and shards",
              "commands that change data are not renamed",
              "the target has Multi-AZ, no TLS, no data tiering, and is not of a global datastore",
              "the target holds nothing: every key of it is deleted at the start",
            ),
          ]
        : []),
      ...(mode === "client-replication" && !migration.keyspaceNotifications
        ? ["The source tells of no changed keys: a copy is as of its start, and writes freeze before it."]
        : []),
      `The target is ${target.cache === undefined ? `MemoryDB \`${names.store(account, target.memoryDatabase ?? "")}\`` : `the cache \`${names.store(account, target.cache)}\``}.`,
    ],
  };
}

/** The target's address is AWS's; the client asks for it by its name. */
function targetClient({ account, migration: { target, mode } }: Redis): readonly string[] {
  const { secret } = target;
  const name = names.store(account, target.cache ?? target.memoryDatabase ?? "");
  const ask =
    target.cache === undefined
      ? `aws memorydb describe-clusters --region ${account.region} --cluster-name ${name} --query 'Clusters[0].ClusterEndpoint.Address' --output text`
      : `aws elasticache describe-replication-groups --region ${account.region} --replication-group-id ${name} --query 'ReplicationGroups[0].[ConfigurationEndpoint.Address,NodeGroups[0].PrimaryEndpoint.Address][?@] | [0]' --output text`;
  return [
    `TARGET_HOST=$(${ask})`,
    ...(secret === undefined
      ? []
      : [
          `TARGET=$(aws secretsmanager get-secret-value --region ${account.region} --secret-id ${secretId({ account }, secret)} --query SecretString --output text)`,
        ]),
    `target_redis() { ${secret === undefined ? "" : 'REDISCLI_AUTH=$(jq -r .password <<<"$TARGET") '}redis-cli -h "$TARGET_HOST" -p 6379${mode === "elasticache-online" ? "" : " --tls"}${secret === undefined ? "" : ' --user "$(jq -r .username <<<"$TARGET")"'} "$@"; }`,
  ];
}

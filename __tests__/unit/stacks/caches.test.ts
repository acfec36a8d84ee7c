import { loadCompany, removeFolders } from "../../support/company";
import { object, objects, strings, synthesizedAlone } from "../../support/synthesized";

afterAll(removeFolders);

const seed = "arn:aws:s3:::acme-dumps/sessions.rdb";
const data = {
  caches: {
    sessions: { parameters: { "maxmemory-policy": "allkeys-lru", "notify-keyspace-events": "Ex" } },
    prices: { engine: "redis", shards: 5, replicasPerShard: 2, nodeType: "cache.r6gd.xlarge" },
    moving: { onlineMigrationTarget: true },
    seeded: { seedFrom: [seed] },
  },
};
const waivers = [
  {
    rule: "cache-hardening",
    resource: "*-data-moving/aws_elasticache_replication_group.store_group",
    reason: "AWS's online migration takes no TLS",
    owner: "platform@acme.example",
    expires: "2099-01-01",
  },
];
const fleet = loadCompany({
  organization: { waivers },
  accounts: { live: { data }, development: { data } },
  services: { orders: { caches: ["sessions", "prices", "moving"] }, mailer: { caches: ["sessions"] } },
});
const made = new Map<string, ReturnType<typeof synthesizedAlone>>();
const stack = (id: string) => {
  const held = made.get(id) ?? synthesizedAlone(fleet, id);
  made.set(id, held);
  return held;
};
const group = (id: string) => stack(id).only("aws_elasticache_replication_group");
const alarm = (id: string, name: string) =>
  stack(id)
    .resources("aws_cloudwatch_metric_alarm")
    .find(({ values }) => values["alarm_name"] === name)?.values;

describe("a cache", () => {
  it("is encrypted, takes TLS only, and is in the isolated subnets behind its own group", () => {
    expect(group("live-data-sessions")).toMatchObject({
      engine: "valkey",
      at_rest_encryption_enabled: "true",
      kms_key_id: expect.stringContaining("dataKeyArn"),
      transit_encryption_enabled: true,
      transit_encryption_mode: "required",
      security_group_ids: ["${aws_security_group.groups_server.id}"],
      subnet_group_name: "${aws_elasticache_subnet_group.store_subnets.name}",
    });
    expect(stack("live-data-sessions").only("aws_elasticache_subnet_group")["subnet_ids"]).toContain(
      "isolatedSubnetIds",
    );
    expect(stack("live-data-sessions").only("aws_vpc_security_group_ingress_rule")).toMatchObject({
      from_port: 6379,
      to_port: 6379,
      referenced_security_group_id: "${aws_security_group.groups_client.id}",
    });
  });

  it("knows a user for each service that names it, by IAM, and no password", () => {
    const users = stack("live-data-sessions").resources("aws_elasticache_user");
    expect(users.map(({ values }) => values["user_id"])).toEqual([
      "live-sessions",
      "sessions-mailer",
      "sessions-orders",
    ]);
    for (const { values } of users) {
      expect(values["user_name"]).toBe(values["user_id"]);
      expect(values["authentication_mode"]).toEqual({ type: "iam" });
    }
    expect(strings(group("live-data-sessions")["user_group_ids"])).toEqual([
      "${aws_elasticache_user_group.store_users_group.user_group_id}",
    ]);
    expect(stack("live-data-sessions").text).not.toMatch(/auth_token|passwords/);
  });

  it("of Redis OSS turns off the user that everybody is without a name", () => {
    const { values } =
      stack("live-data-prices")
        .resources("aws_elasticache_user")
        .find((user) => user.values["user_name"] === "default") ?? {};
    expect(values).toMatchObject({
      user_id: "live-prices-default",
      access_string: expect.stringMatching(/^off /),
    });
    expect(strings(stack("live-data-prices").only("aws_elasticache_user_group")["user_ids"])).toHaveLength(3);
  });

  it("has a standby in another zone where the account keeps standbys", () => {
    expect(group("live-data-sessions")).toMatchObject({
      num_cache_clusters: 2,
      automatic_failover_enabled: true,
      multi_az_enabled: true,
    });
    expect(group("development-data-sessions")).toMatchObject({
      num_cache_clusters: 1,
      automatic_failover_enabled: false,
      multi_az_enabled: false,
    });
  });

  it("is divided into shards in cluster mode, for which its parameters are", () => {
    expect(group("live-data-prices")).toMatchObject({
      num_node_groups: 5,
      replicas_per_node_group: 2,
      data_tiering_enabled: true,
    });
    expect(group("live-data-prices")).not.toHaveProperty("num_cache_clusters");
    const { name, family, parameter } = stack("live-data-prices").only("aws_elasticache_parameter_group");
    expect([name, family]).toEqual(["live-prices-redis7", "redis7"]);
    expect(parameter).toEqual([{ name: "cluster-enabled", value: "yes" }]);
    expect(stack("live-data-sessions").only("aws_elasticache_parameter_group")).toMatchObject({
      family: "valkey8",
      parameter: [
        { name: "maxmemory-policy", value: "allkeys-lru" },
        { name: "notify-keyspace-events", value: "Ex" },
      ],
      lifecycle: { create_before_destroy: true },
    });
  });

  it("cannot be lost in live, and goes with its account elsewhere", () => {
    expect(group("live-data-sessions")).toMatchObject({
      snapshot_retention_limit: 35,
      final_snapshot_identifier: "live-sessions-final",
      lifecycle: { prevent_destroy: true },
    });
    expect(group("development-data-sessions")).toMatchObject({
      snapshot_retention_limit: 7,
      lifecycle: { prevent_destroy: false },
    });
    expect(group("development-data-sessions")).not.toHaveProperty("final_snapshot_identifier");
  });

  it("writes both of its logs where there is a key and a retention before it", () => {
    const logs = stack("live-data-sessions").resources("aws_cloudwatch_log_group");
    expect(logs.map(({ values }) => [values["name"], values["retention_in_days"]])).toEqual([
      ["/slipway/live/data/sessions/engine-log", 30],
      ["/slipway/live/data/sessions/slow-log", 30],
    ]);
    expect(objects(group("live-data-sessions")["log_delivery_configuration"])).toHaveLength(2);
  });

  it("is watched node by node; that it evicts is no news where it is told to", () => {
    const nodes = objects(alarm("live-data-sessions", "live-sessions-memory")?.["metric_query"]).slice(1);
    expect(nodes.map(({ metric }) => object(metric)["dimensions"])).toEqual([
      { CacheClusterId: "live-sessions-001" },
      { CacheClusterId: "live-sessions-002" },
    ]);
    expect(alarm("live-data-sessions", "live-sessions-evictions")).toBeUndefined();
    expect(alarm("live-data-seeded", "live-seeded-evictions")).toBeDefined();
    expect(alarm("live-data-sessions", "live-sessions-replication-lag")).toBeDefined();
    expect(alarm("development-data-sessions", "development-sessions-replication-lag")).toBeUndefined();
  });

  it("of more than ten nodes has a second alarm, since one takes ten metrics", () => {
    const second = objects(alarm("live-data-prices", "live-prices-memory-2")?.["metric_query"]);
    expect(second).toHaveLength(6);
    expect(object(second[5]?.["metric"])["dimensions"]).toEqual({ CacheClusterId: "live-prices-0005-003" });
  });

  it("begins with files in S3, which are of no account afterwards", () => {
    expect(group("live-data-seeded")).toMatchObject({
      snapshot_arns: [seed],
      lifecycle: { ignore_changes: ["snapshot_arns"] },
    });
  });

  it("that AWS migrates into has a standby, and neither TLS nor users until then", () => {
    expect(group("development-data-moving")).toMatchObject({
      num_cache_clusters: 2,
      multi_az_enabled: true,
      transit_encryption_enabled: false,
      at_rest_encryption_enabled: "true",
    });
    expect(group("development-data-moving")).not.toHaveProperty("user_group_ids");
    expect(stack("development-data-moving").resources("aws_elasticache_user")).toEqual([]);
  });
});

describe("a service that names caches", () => {
  const orders = () => stack("live-service-orders");
  const statement = (sid: string) =>
    orders()
      .statements(orders().at("aws_iam_role_policy.roles_task_policy")["policy"])
      .find((candidate) => candidate["sid"] === sid);

  it("is told where they are and as whom to sign in", () => {
    const environment = Object.fromEntries(
      objects(orders().containers()[0]?.["environment"]).map(({ name, value }) => [
        String(name),
        String(value),
      ]),
    );
    expect(environment).toMatchObject({
      CACHE_SESSIONS_HOST: expect.stringContaining("endpoint"),
      CACHE_SESSIONS_READER_HOST: expect.stringContaining("readerEndpoint"),
      CACHE_SESSIONS_TLS: "true",
      CACHE_SESSIONS_USER: "sessions-orders",
      CACHE_SESSIONS_CLUSTER_MODE: "disabled",
      CACHE_PRICES_CLUSTER_MODE: "enabled",
      CACHE_MOVING_TLS: "false",
    });
    expect(environment).not.toHaveProperty("CACHE_MOVING_USER");
  });

  it("signs in as itself only, where there is signing in", () => {
    expect(strings(statement("SignInToCacheSessions")?.["resources"])).toEqual([
      expect.stringMatching(/\.arn\}$/),
      "arn:aws:elasticache:eu-central-1:200000000003:user:sessions-orders",
    ]);
    expect(statement("SignInToCacheMoving")).toBeUndefined();
  });

  it("joins the clients' groups", () => {
    const groups = object(orders().only("aws_ecs_service")["network_configuration"])["security_groups"];
    expect(strings(groups).filter((id) => id.includes("clientGroupId"))).toHaveLength(3);
  });
});

import { loadCompany, removeFolders } from "../../support/company";
import { object, objects, strings, synthesizedAlone } from "../../support/synthesized";

afterAll(removeFolders);

const data = {
  memoryDatabases: {
    profiles: {},
    rooms: {
      engine: "redis",
      engineVersion: "7.0",
      shards: 2,
      replicasPerShard: 2,
      nodeType: "db.r6gd.xlarge",
    },
  },
};
const fleet = loadCompany({
  accounts: { live: { data }, development: { data } },
  services: { orders: { memoryDatabases: ["profiles"] } },
});
const made = new Map<string, ReturnType<typeof synthesizedAlone>>();
const stack = (id: string) => {
  const held = made.get(id) ?? synthesizedAlone(fleet, id);
  made.set(id, held);
  return held;
};
const cluster = (id: string) => stack(id).only("aws_memorydb_cluster");

describe("an in-memory database", () => {
  it("is encrypted under the account's key, takes TLS only, and is private to its clients", () => {
    expect(cluster("live-data-profiles")).toMatchObject({
      engine: "valkey",
      tls_enabled: true,
      kms_key_arn: expect.stringContaining("dataKeyArn"),
      security_group_ids: ["${aws_security_group.groups_server.id}"],
      subnet_group_name: "${aws_memorydb_subnet_group.store_subnets.name}",
      acl_name: "${aws_memorydb_acl.store_acl.name}",
    });
    expect(stack("live-data-profiles").only("aws_vpc_security_group_ingress_rule")).toMatchObject({
      from_port: 6379,
      referenced_security_group_id: "${aws_security_group.groups_client.id}",
    });
  });

  it("knows a user for each service that names it, by IAM, and no password", () => {
    const users = stack("live-data-profiles").resources("aws_memorydb_user");
    expect(users.map(({ values }) => values["user_name"])).toEqual(["live-profiles", "profiles-orders"]);
    for (const { values } of users) expect(values["authentication_mode"]).toEqual({ type: "iam" });
    expect(strings(stack("live-data-profiles").only("aws_memorydb_acl")["user_names"])).toHaveLength(2);
  });

  it("has a replica for each shard where the account keeps standbys, or as many as it says", () => {
    expect(cluster("live-data-profiles")).toMatchObject({ num_shards: 1, num_replicas_per_shard: 1 });
    expect(cluster("development-data-profiles")).toMatchObject({ num_shards: 1, num_replicas_per_shard: 0 });
    expect(cluster("development-data-rooms")).toMatchObject({
      num_shards: 2,
      num_replicas_per_shard: 2,
      data_tiering: true,
    });
    expect(stack("live-data-rooms").only("aws_memorydb_parameter_group")).toMatchObject({
      name: "live-rooms-redis7",
      family: "memorydb_redis7",
    });
  });

  it("cannot be lost in live, and goes with its account elsewhere", () => {
    expect(cluster("live-data-profiles")).toMatchObject({
      snapshot_retention_limit: 35,
      final_snapshot_name: "live-profiles-final",
      lifecycle: { prevent_destroy: true },
    });
    expect(cluster("development-data-profiles")["snapshot_retention_limit"]).toBe(7);
    expect(cluster("development-data-profiles")).not.toHaveProperty("final_snapshot_name");
  });

  it("is watched node by node", () => {
    const memory = stack("live-data-profiles").at("aws_cloudwatch_metric_alarm.alarms_memory");
    const nodes = objects(memory["metric_query"]).slice(1);
    expect(nodes.map(({ metric }) => object(metric)["dimensions"])).toEqual([
      { ClusterName: "live-profiles", NodeName: "live-profiles-0001-001" },
      { ClusterName: "live-profiles", NodeName: "live-profiles-0001-002" },
    ]);
  });
});

test("a service that names it is told where it is, and signs in as itself only", () => {
  const orders = stack("live-service-orders");
  const environment = Object.fromEntries(
    objects(orders.containers()[0]?.["environment"]).map(({ name, value }) => [String(name), String(value)]),
  );
  expect(environment).toMatchObject({
    MEMORY_DATABASE_PROFILES_HOST: expect.stringContaining("endpoint"),
    MEMORY_DATABASE_PROFILES_USER: "profiles-orders",
  });
  const statement = orders
    .statements(orders.at("aws_iam_role_policy.roles_task_policy")["policy"])
    .find(({ sid }) => sid === "SignInToMemoryProfiles");
  expect(statement?.["actions"]).toEqual(["memorydb:Connect"]);
  expect(strings(statement?.["resources"])).toEqual([
    expect.stringMatching(/\.arn\}$/),
    "arn:aws:memorydb:eu-central-1:200000000003:user/profiles-orders",
  ]);
});

import { PHASES, type Phase } from "../../../environments/schema/migration/phase";
import { loadCompany, removeFolders } from "../../support/company";
import { kindIn, type KindId } from "../../support/migration-kinds";
import { object, objects, synthesizedAlone } from "../../support/synthesized";

afterAll(removeFolders);

const made = new Map<string, ReturnType<typeof synthesizedAlone>>();
function stackIn(id: KindId, phase: Phase) {
  const key = `${id}.${phase}`;
  const held = made.get(key) ?? synthesizedAlone(loadCompany(kindIn(id, phase)), `live-migration-${id}`);
  made.set(key, held);
  return held;
}

const held = (id: KindId, phase: Phase) =>
  new Map(
    stackIn(id, phase)
      .resources()
      .map(({ address, values }) => [address, values]),
  );

/** What a phase adds, removes and changes, against the one before it. */
function into(id: KindId, phase: Phase) {
  const before = held(id, PHASES[PHASES.indexOf(phase) - 1] ?? phase);
  const after = held(id, phase);
  return {
    added: [...after.keys()].filter((address) => !before.has(address)).sort(),
    removed: [...before.keys()].filter((address) => !after.has(address)).sort(),
    changed: [...after]
      .filter(([at, values]) => before.has(at) && JSON.stringify(before.get(at)) !== JSON.stringify(values))
      .map(([address]) => address),
  };
}

const NOTHING = { added: [], removed: [], changed: [] };
const tasks = (part: string) => [0, 3].map((number) => `aws_ecs_task_definition.tools_${part}_${number}`);
const services = [0, 3].map((number) => `aws_ecs_service.tools_live_${number}_service`);

describe("RIOT", () => {
  it.each<[Phase, object]>([
    ["full-load", { ...NOTHING, added: tasks("scan") }],
    ["cdc", { ...NOTHING, added: [...services, ...tasks("live")], removed: tasks("scan") }],
    ["validated", { ...NOTHING, added: tasks("compare") }],
    ["cutover", NOTHING],
    ["rollback-window", { ...NOTHING, added: tasks("reverse"), removed: [...services, ...tasks("live")] }],
  ])("has in %s the tasks that this phase needs", (phase, change) =>
    expect(into("carts", phase)).toEqual(change),
  );

  it("is gone at the end", () => expect([...held("carts", "decommission").keys()]).toEqual([]));

  it("signs in with secrets that no definition shows, over TLS, a database each", () => {
    const [container] = objects(
      JSON.parse(String(stackIn("carts", "cdc").at(tasks("live")[1] ?? "")["container_definitions"])),
    );

    expect(container).toMatchObject({
      image: expect.stringContaining("/riot@sha256:"),
      readonlyRootFilesystem: true,
      command: [
        'exec riot replicate "$SOURCE" "$TARGET" --mode live --source-user "$SOURCE_USERNAME" --source-pass "$SOURCE_PASSWORD" --target-user "$TARGET_USERNAME" --target-pass "$TARGET_PASSWORD"',
      ],
    });
    expect(objects(container?.["environment"])).toEqual([
      { name: "SOURCE", value: "rediss://carts.former.example:6379/3" },
      { name: "TARGET", value: expect.stringMatching(/^rediss:.*\/3$/) },
    ]);
    expect(objects(container?.["secrets"]).map(({ name, valueFrom }) => [name, valueFrom])).toEqual(
      expect.arrayContaining([["TARGET_PASSWORD", expect.stringMatching(/:password::$/)]]),
    );
  });

  it("copies back from target to source", () => {
    const [container] = objects(
      JSON.parse(
        String(stackIn("carts", "rollback-window").at(tasks("reverse")[0] ?? "")["container_definitions"]),
      ),
    );

    expect(container).toMatchObject({
      command: [
        expect.stringMatching(/replicate "\$TARGET" "\$SOURCE" --mode scan --source-user "\$TARGET_/),
      ],
    });
  });

  it("runs once a database, in private subnets, as often as an operator says", () =>
    expect(stackIn("carts", "cdc").at(services[0] ?? "")).toMatchObject({
      name: "live-carts-live-0",
      desired_count: 1,
      deployment_maximum_percent: 100,
      network_configuration: {
        assign_public_ip: false,
        subnets: expect.stringContaining("privateSubnetIds"),
      },
      lifecycle: { ignore_changes: ["desired_count"] },
    }));

  it("reaches the source's range and port, and AWS", () =>
    expect(
      stackIn("carts", "prepare")
        .resources("aws_vpc_security_group_egress_rule")
        .map(({ values }) => [values["from_port"], values["cidr_ipv4"]]),
    ).toEqual([
      [443, "0.0.0.0/0"],
      [6379, "192.168.10.0/24"],
    ]));
});

describe("the user as which RIOT fills a cache", () => {
  const cacheIn = (phase: Phase) => synthesizedAlone(loadCompany(kindIn("carts", phase)), "live-data-carts");

  it("is made with a password that no state has, by a role that reads that secret and makes that user", () => {
    const stack = cacheIn("prepare");
    const user = stack.only("aws_cloudformation_stack");
    const statements = stack.statements(stack.only("aws_iam_role_policy")["policy"]);

    expect(user).toMatchObject({
      name: "live-carts-migration",
      parameters: { SecretArn: expect.stringContaining("secret_migration_carts_target") },
      iam_role_arn: expect.stringContaining("aws_iam_role"),
    });
    expect(JSON.parse(String(user["template_body"]))).toMatchObject({
      Resources: {
        User: {
          Type: "AWS::ElastiCache::User",
          Properties: { AuthenticationMode: { Type: "password" }, Engine: "valkey" },
        },
      },
    });
    expect(statements.find(({ sid }) => sid === "MakeUser")?.["resources"]).toEqual([
      "arn:aws:elasticache:eu-central-1:200000000003:user:live-carts-migration",
    ]);
    expect(stack.only("aws_elasticache_user_group")["user_ids"]).toContain("live-carts-migration");
  });

  it("goes with the migration", () => {
    const stack = cacheIn("decommission");

    expect(stack.resources("aws_cloudformation_stack")).toEqual([]);
    expect(stack.only("aws_elasticache_user_group")["user_ids"]).not.toContain("live-carts-migration");
  });
});

describe("an online migration of ElastiCache", () => {
  const alarms = [1, 2].map((shard) => `aws_cloudwatch_metric_alarm.alarms_shard_${shard}`);
  const way = "aws_vpc_security_group_egress_rule.source_192_168_10_0_24";

  it.each<[Phase, object]>([
    ["full-load", NOTHING],
    ["cdc", { ...NOTHING, added: alarms }],
    ["validated", NOTHING],
    ["cutover", { ...NOTHING, removed: alarms }],
    ["rollback-window", { ...NOTHING, removed: [way] }],
    ["decommission", NOTHING],
  ])("is watched while it follows: %s", (phase, change) => expect(into("sessions", phase)).toEqual(change));

  it("lets the cache itself out to the source, and nothing in", () => {
    const stack = stackIn("sessions", "prepare");

    expect(stack.resources().map(({ address }) => address)).toEqual([way]);
    expect(stack.at(way)).toMatchObject({
      security_group_id: expect.stringContaining("serverGroupId"),
      from_port: 6379,
    });
  });
});

describe("a seed", () => {
  it("lies where ElastiCache alone reads it, for this account, until the definition goes", () => {
    const stack = stackIn("prices", "prepare");
    const statement = stack
      .statements(stack.only("aws_s3_bucket_policy")["policy"])
      .find(({ sid }) => sid === "ReadSnapshots");

    expect(stack.only("aws_s3_bucket")["bucket"]).toBe("acme-live-seed-prices-200000000003");
    expect(objects(statement?.["principals"])[0]).toMatchObject({
      identifiers: ["eu-central-1.elasticache-snapshot.amazonaws.com"],
    });
    expect(objects(statement?.["condition"])[0]).toMatchObject({ variable: "aws:SourceAccount" });
    expect([...held("prices", "decommission").keys()]).toEqual([...held("prices", "prepare").keys()]);
  });
});

describe("a migration of indices", () => {
  it("by snapshot has a role that writes in a folder of the domain's bucket, until the last one is taken", () => {
    const stack = stackIn("products", "prepare");
    const write = stack
      .statements(stack.only("aws_iam_role_policy")["policy"])
      .find(({ sid }) => sid === "WriteSnapshots");

    expect(write?.["resources"]).toEqual([expect.stringMatching(/snapshotBucketName.*\/products\/\*$/)]);
    expect([...held("products", "cutover").keys()]).toEqual([...held("products", "prepare").keys()]);
    expect([...held("products", "rollback-window").keys()]).toEqual([]);
  });

  it("by Migration Assistant has its tasks while it loads, and no worker before an operator says so", () => {
    const added = [
      "aws_ecs_service.tools_backfill_service",
      ...["backfill", "metadata", "snapshot"].map((part) => `aws_ecs_task_definition.tools_${part}`),
    ];

    expect(into("articles", "full-load")).toEqual({ ...NOTHING, added });
    expect(into("articles", "cdc")).toEqual({ ...NOTHING, removed: added });
    expect(stackIn("articles", "full-load").only("aws_ecs_service")).toMatchObject({ desired_count: 0 });
    expect([...held("articles", "decommission").keys()]).toEqual([]);
  });

  it("by Migration Assistant reads the snapshot, and writes the domain as its role", () => {
    const stack = stackIn("articles", "full-load");
    const worker = stack.at("aws_ecs_task_definition.tools_backfill");
    const [container] = objects(JSON.parse(String(worker["container_definitions"])));

    expect(object(worker["ephemeral_storage"])).toEqual({ size_in_gib: 100 });
    expect(String(container?.["command"])).toMatch(
      /--source-version "ES 8.11.4" --index-allowlist 'regex:articles-\.\*',authors --target-host https/,
    );
    expect(container?.["secrets"]).toEqual([]);
  });
});

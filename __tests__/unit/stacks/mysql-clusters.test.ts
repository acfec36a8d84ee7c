import { spawnSync } from "node:child_process";
import { loadCompany, removeFolders } from "../../support/company";
import { STORE_EXAMPLES, STORE_NEEDS } from "../../support/store-examples";
import { object, objects, strings, synthesizedAlone } from "../../support/synthesized";

afterAll(removeFolders);

const { buckets, mysqlClusters } = STORE_EXAMPLES;
const load = (journeys: object = {}) =>
  loadCompany({
    accounts: {
      live: {
        ...STORE_NEEDS,
        data: {
          buckets,
          mysqlClusters: { ...mysqlClusters, journeys: { ...mysqlClusters.journeys, ...journeys } },
        },
      },
    },
    services: { orders: { accounts: ["live"], mysqlClusters: ["journeys"] } },
  });
const fleet = load();
const stack = synthesizedAlone(fleet, "live-data-journeys");
const afterFailover = synthesizedAlone(load({ primary: 2 }), "live-data-journeys");

/** What the document runs, as lines. */
const commands = () => {
  const { content } = stack.only("aws_ssm_document");
  const [step] = objects(object(JSON.parse(String(content))).mainSteps);
  return strings(object(step?.["inputs"])["runCommand"]);
};
const program = () => {
  const lines = commands();
  return lines.slice(
    lines.findIndex((line) => line.includes("<<'END_OF_PROGRAM'")) + 1,
    lines.indexOf("END_OF_PROGRAM"),
  );
};

describe("a MySQL cluster", () => {
  it("has members in zones of their own, without a public address, a key to sign in or old metadata", () => {
    const instances = stack.resources("aws_instance");
    expect(instances).toHaveLength(2);
    for (const { values } of instances) {
      expect(values).toMatchObject({
        associate_public_ip_address: false,
        disable_api_termination: true,
        vpc_security_group_ids: ["${aws_security_group.groups_server.id}"],
        metadata_options: { http_tokens: "required", http_put_response_hop_limit: 1 },
        root_block_device: { encrypted: true, kms_key_id: expect.stringContaining("dataKeyArn") },
      });
      expect(values).not.toHaveProperty("key_name");
      expect(values).not.toHaveProperty("user_data");
    }
    expect(instances.map(({ values }) => String(values["subnet_id"]).replace(/.*, /, ""))).toEqual([
      "0)}",
      "1)}",
    ]);
    expect(stack.resources("aws_ebs_volume").map(({ values }) => values["availability_zone"])).toEqual([
      "eu-central-1a",
      "eu-central-1b",
    ]);
  });

  it("does not replace an instance because there is a newer image", () => {
    expect(stack.at("aws_instance.store_instance_1")["lifecycle"]).toMatchObject({ ignore_changes: ["ami"] });
  });

  it("keeps its data on volumes that outlive instances, encrypted, with a snapshot a night", () => {
    expect(stack.at("aws_ebs_volume.store_volume_1")).toMatchObject({
      size: 100,
      encrypted: true,
      final_snapshot: true,
      lifecycle: { prevent_destroy: true },
    });
    const { target_tags } = object(stack.only("aws_dlm_lifecycle_policy")["policy_details"]);
    expect(target_tags).toEqual({ "slipway-mysql": "live-journeys" });
  });

  it("is reached on 3306 by its clients and members only", () => {
    const rules = stack.resources("aws_vpc_security_group_ingress_rule").map(({ values }) => values);
    expect(rules.map(({ from_port, to_port }) => [from_port, to_port])).toEqual([
      [3306, 3306],
      [3306, 3306],
    ]);
    expect(rules.map(({ referenced_security_group_id: from }) => from).sort()).toEqual([
      "${aws_security_group.groups_client.id}",
      "${aws_security_group.groups_server.id}",
    ]);
  });

  it("keeps its dumps for as long as it says, where its members can leave but not delete them", () => {
    const days = (id: string) =>
      objects(synthesizedAlone(fleet, id).only("aws_s3_bucket_lifecycle_configuration")["rule"])[0]?.[
        "expiration"
      ];
    expect(days("live-data-journeys")).toEqual([{ days: 15 }]);
    expect(days("live-data-trip-costs")).toEqual([{ days: 30 }]);
    const actions = stack
      .statements(stack.at("aws_iam_role_policy.role_member_policy")["policy"])
      .flatMap((statement) => strings(statement["actions"]));
    expect(actions).toContain("s3:PutObject");
    expect(actions.filter((action) => /Delete|s3:\*|GetParameter/.test(action))).toEqual([]);
  });

  it("is patched a member an hour, the one that writes last", () => {
    const hours = (of: typeof stack) =>
      [1, 2].map((number) => of.at(`aws_ssm_association.care_install_${number}`)["schedule_expression"]);
    expect(hours(stack)).toEqual(["cron(0 3 ? * SUN *)", "cron(0 2 ? * SUN *)"]);
    expect(hours(afterFailover)).toEqual(["cron(0 2 ? * SUN *)", "cron(0 3 ? * SUN *)"]);
    expect(stack.only("aws_ssm_patch_group")["patch_group"]).toBe("live-journeys");
    expect(object(stack.at("aws_instance.store_instance_1")["tags"])["PatchGroup"]).toBe("live-journeys");
  });

  it("changes two names and two hours when another member writes, and nothing else", () => {
    const before = new Map(stack.resources().map(({ address, values }) => [address, JSON.stringify(values)]));
    const changed = afterFailover
      .resources()
      .filter(({ address, values }) => before.get(address) !== JSON.stringify(values));
    expect(changed.map(({ address }) => address).sort()).toEqual([
      "aws_route53_record.store_primary",
      "aws_route53_record.store_reader",
      "aws_ssm_association.care_install_1",
      "aws_ssm_association.care_install_2",
    ]);
    expect(afterFailover.at("aws_route53_record.store_primary")["records"]).toEqual([
      "${aws_instance.store_instance_2.private_ip}",
    ]);
  });

  it("lets readers read from its only member where there is no replica", () => {
    const tripCosts = synthesizedAlone(fleet, "live-data-trip-costs");
    expect(tripCosts.at("aws_route53_record.store_reader")["records"]).toEqual(
      tripCosts.at("aws_route53_record.store_primary")["records"],
    );
  });

  it("wakes somebody when none or two members write, one lags, or there is no dump", () => {
    const alarms = new Map(
      stack
        .resources("aws_cloudwatch_metric_alarm")
        .map(({ values }) => [String(values["alarm_name"]), values]),
    );
    for (const name of ["writers", "backup", "lag-2", "disk-1", "stalled-1", "cpu-2", "instance-1"])
      expect(alarms.get(`live-journeys-${name}`)).toBeDefined();
    expect(alarms.get("live-journeys-backup")?.["treat_missing_data"]).toBe("breaching");
    expect(alarms.get("live-journeys-system-1")?.["alarm_actions"]).toContain(
      "arn:aws:automate:eu-central-1:ec2:recover",
    );
  });
});

describe("the program of its members", () => {
  it("is one that a shell takes", () => {
    const { status, stderr } = spawnSync("bash", ["-n"], { input: program().join("\n"), encoding: "utf8" });
    expect([status, stderr]).toEqual([0, ""]);
  });

  it("has nothing that Terraform or Systems Manager would read as its own", () => {
    expect(program().filter((line) => /\$\{|%\{|\{\{/.test(line))).toEqual([]);
  });

  it("turns on what replicas and DMS read by, and TLS", () => {
    expect(program()).toEqual(
      expect.arrayContaining([
        "binlog_format=ROW",
        "binlog_row_image=FULL",
        "gtid_mode=ON",
        "require_secure_transport=ON",
        "max_connections=500",
        "PRIMARY_HOST=journeys.mysql.internal.live.acme.example",
        "REPLICATION_SECRET=live/journeys/replication",
      ]),
    );
  });
});

describe("what a MySQL cluster takes elsewhere", () => {
  it("lets patches through the endpoint of S3 where there is a cluster, and nowhere else", () => {
    const sids = (id: string) => {
      const network = synthesizedAlone(fleet, id);
      return network.statements(network.at("aws_vpc_endpoint.endpoints_s3")["policy"]).map(({ sid }) => sid);
    };
    expect(sids("live-network")).toContain("PatchSnapshots");
    expect(sids("development-network")).not.toContain("PatchSnapshots");
  });

  it("tells services where it is, and has their tasks join its clients", () => {
    const orders = synthesizedAlone(fleet, "live-service-orders");
    const environment = objects(orders.containers()[0]?.["environment"]);
    const named = Object.fromEntries(environment.map(({ name, value }) => [String(name), String(value)]));
    expect(named).toMatchObject({
      DATABASE_JOURNEYS_HOST: expect.stringContaining(".endpoint"),
      DATABASE_JOURNEYS_READER_HOST: expect.stringContaining("readerEndpoint"),
      DATABASE_JOURNEYS_NAME: expect.stringContaining("databaseName"),
    });
    const groups = object(orders.only("aws_ecs_service")["network_configuration"])["security_groups"];
    expect(strings(groups).filter((group) => group.includes("clientGroupId"))).toHaveLength(1);
  });
});

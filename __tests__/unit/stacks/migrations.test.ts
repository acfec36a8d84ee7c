import { PHASES, type Phase } from "../../../environments/schema/migration/phase";
import { migrationResource } from "../../../environments/schema/names";
import { loadCompany, removeFolders, type Change } from "../../support/company";
import { CERTIFICATE, migratingIn, SHOP } from "../../support/migrations";
import { object, objects, strings, synthesizedAlone, type Json } from "../../support/synthesized";

afterAll(removeFolders);

const UNIT = "live-migration-shop";
const made = new Map<Phase, ReturnType<typeof synthesizedAlone>>();
const stackIn = (phase: Phase) => {
  const held = made.get(phase) ?? synthesizedAlone(loadCompany(migratingIn(phase)), UNIT);
  made.set(phase, held);
  return held;
};
const shopWith = (values: Readonly<Record<string, unknown>>) =>
  synthesizedAlone(loadCompany(migratingIn("prepare", values)), UNIT);
const oneWay = { reverse: {}, rollback: { strategy: "dual-write", decisionOwner: "cto@acme.example" } };
const json = (text: Json | undefined) => object(JSON.parse(String(text)) as Json);
const addresses = (phase: Phase) =>
  stackIn(phase)
    .resources()
    .map(({ address }) => address);

describe("a phase holds what it needs, and the next one differs in nothing else", () => {
  const changes = PHASES.slice(1).map((phase, index) => {
    const before = new Map(
      stackIn(PHASES[index] ?? phase)
        .resources()
        .map((one) => [one.address, one.values]),
    );
    const after = new Map(
      stackIn(phase)
        .resources()
        .map((one) => [one.address, one.values]),
    );
    return {
      into: phase,
      added: [...after.keys()].filter((address) => !before.has(address)).sort(),
      removed: [...before.keys()].filter((address) => !after.has(address)).sort(),
      changed: [...after]
        .filter(
          ([address, values]) =>
            before.has(address) && JSON.stringify(before.get(address)) !== JSON.stringify(values),
        )
        .map(([address]) => address)
        .sort(),
    };
  });
  const into = (phase: Phase) => changes.find((change) => change.into === phase);
  const latency = (task: string) =>
    ["loud", "source", "target"].map((end) => `aws_cloudwatch_metric_alarm.${task}_alarms_latency_${end}`);
  const compared = (task: string) =>
    ["failed", "suspended"].map((what) => `aws_cloudwatch_metric_alarm.${task}_alarms_${what}`);

  it("full-load: nothing, it is started", () =>
    expect(into("full-load")).toMatchObject({ added: [], removed: [], changed: [] }));

  it("cdc: the task that compares; silence of the other is a fault", () =>
    expect(into("cdc")).toMatchObject({
      added: [...compared("validation"), "aws_dms_replication_task.validation_task"],
      removed: [],
      changed: latency("forward"),
    }));

  it("validated: nothing", () =>
    expect(into("validated")).toMatchObject({ added: [], removed: [], changed: [] }));

  it("cutover: the way back; silence of the way there is none", () =>
    expect(into("cutover")).toMatchObject({
      added: [...compared("reverse"), ...latency("reverse"), "aws_dms_replication_task.reverse_task"].sort(),
      removed: [],
      changed: latency("forward"),
    }));

  it("rollback-window: alarms look at the way back", () =>
    expect(into("rollback-window")).toMatchObject({
      added: [],
      removed: [...latency("forward"), ...compared("validation")].sort(),
      changed: latency("reverse"),
    }));

  it("decommission: nothing is left", () => {
    expect(addresses("decommission")).toEqual([]);
    expect(into("decommission")?.removed.length).toBeGreaterThan(15);
  });
});

describe("what replicates", () => {
  it("is private, encrypted, of a pinned version, with a standby as the account has them", () =>
    expect(stackIn("prepare").only("aws_dms_replication_instance")).toMatchObject({
      publicly_accessible: false,
      kms_key_arn: expect.stringContaining("dataKeyArn"),
      engine_version: "3.6.1",
      auto_minor_version_upgrade: false,
      multi_az: true,
      replication_instance_id: "live-shop-replication",
    }));

  it("reaches the source's range and port, AWS within the VPC, the target's clients' group, and nothing else", () => {
    const stack = stackIn("prepare");
    const rules = stack
      .resources("aws_vpc_security_group_egress_rule")
      .map(({ values }) => [values["from_port"], values["cidr_ipv4"]]);

    expect(rules.sort()).toEqual([
      [443, expect.stringContaining("cidrBlock")],
      [5432, "192.168.10.0/24"],
    ]);
    expect(stack.resources("aws_vpc_security_group_ingress_rule")).toEqual([]);
    expect(stack.only("aws_dms_replication_instance")["vpc_security_group_ids"]).toEqual([
      "${aws_security_group.group_group.id}",
      expect.stringContaining("clientGroupId"),
    ]);
  });

  it("is in private subnets where the way leads out, and goes to AWS that way", () => {
    const fleet = loadCompany({
      ...migratingIn("prepare", { network: { path: "egress", cidrBlocks: ["198.51.100.20/32"] } }),
    });

    expect(synthesizedAlone(fleet, "live-migration").only("aws_dms_replication_subnet_group")).toMatchObject({
      replication_subnet_group_id: "live-migration-private",
      subnet_ids: expect.stringContaining("privateSubnetIds"),
    });
    expect(synthesizedAlone(fleet, "live-network").at("aws_ssm_parameter.contract_egress")).toMatchObject({
      insecure_value: expect.stringContaining("public_ip"),
    });
  });

  it("is started by nobody here, and its run is not Terraform's", () => {
    for (const { values } of stackIn("rollback-window").resources("aws_dms_replication_task"))
      expect(values).toMatchObject({
        start_replication_task: false,
        lifecycle: { ignore_changes: ["start_replication_task", "cdc_start_position", "cdc_start_time"] },
      });
  });

  it("may be serverless", () => {
    const stack = shopWith({
      compute: { mode: "serverless", maxCapacityUnits: 8 },
      validation: {},
      ...oneWay,
    });

    expect(stack.only("aws_dms_replication_config")).toMatchObject({
      replication_config_identifier: "live-shop-replication",
      replication_type: "full-load-and-cdc",
      start_replication: false,
      compute_config: { min_capacity_units: 1, max_capacity_units: 8, multi_az: true },
    });
    expect(stack.resources("aws_dms_replication_instance")).toEqual([]);
  });

  it("ends its ARN with at most 31 characters, however long its id is", () => {
    const id = "a".repeat(20);
    for (const what of ["serverless", "forward", "validation", "reverse"] as const)
      expect(migrationResource(id, what)).toMatch(/^.{1,31}$/);
  });
});

describe("an end", () => {
  it("is entered with a secret, over the strictest TLS that it has, and the same two go both ways", () => {
    const ends = stackIn("prepare").resources("aws_dms_endpoint");

    expect(
      ends.map(({ values }) => [values["endpoint_id"], values["endpoint_type"], values["engine_name"]]),
    ).toEqual([
      ["live-shop-reverse-source", "source", "aurora-postgresql"],
      ["live-shop-reverse-target", "target", "postgres"],
      ["live-shop-source", "source", "postgres"],
      ["live-shop-target", "target", "aurora-postgresql"],
    ]);
    for (const { values } of ends) {
      expect(values).toMatchObject({
        ssl_mode: "verify-full",
        database_name: "shop",
        secrets_manager_arn: expect.stringContaining("arn"),
        certificate_arn: expect.stringContaining("aws_dms_certificate"),
      });
      expect(Object.keys(values)).not.toEqual(expect.arrayContaining(["username"]));
    }
  });

  it("moves its slot on while nobody writes, and leaves nothing to the provider, which would send 0 and false", () => {
    const stack = stackIn("prepare");

    expect(stack.at("aws_dms_endpoint.source_endpoint")["postgres_settings"]).toEqual({
      capture_ddls: true,
      execute_timeout: 60,
      heartbeat_enable: true,
      heartbeat_frequency: 5,
      max_file_size: 32_768,
    });
    expect(stack.at("aws_dms_endpoint.target_endpoint")).not.toHaveProperty("postgres_settings");
  });

  it("has the settings that are written rather than AWS's own, and those of its side only", () => {
    const stack = shopWith({
      source: {
        engineName: "mysql",
        secret: "migration/shop-source",
        certificate: "former.pem",
        mysqlSettings: { eventsPollInterval: 10 },
      },
      target: {
        ...SHOP.target,
        postgresSettings: {
          afterConnectScript: "SET session_replication_role='replica'",
          captureDdls: false,
          heartbeatFrequency: 1,
        },
      },
    });

    expect(stack.at("aws_dms_endpoint.source_endpoint")["mysql_settings"]).toEqual({
      events_poll_interval: 10,
    });
    expect(stack.at("aws_dms_endpoint.reverse_target_endpoint")).not.toHaveProperty("mysql_settings");
    expect(stack.at("aws_dms_endpoint.target_endpoint")["postgres_settings"]).toEqual({
      after_connect_script: "SET session_replication_role='replica'",
      execute_timeout: 60,
      max_file_size: 32_768,
    });
    expect(stack.at("aws_dms_endpoint.reverse_source_endpoint")["postgres_settings"]).toMatchObject({
      capture_ddls: false,
      heartbeat_frequency: 1,
    });
  });

  it("trusts a renewed certificate under another name, before the former goes", () => {
    const renewed = migratingIn("prepare");
    const certificates = (change: Change) =>
      synthesizedAlone(loadCompany(change), UNIT).at("aws_dms_certificate.source_ca_certificate");
    const before = certificates(renewed);
    const after = certificates({
      ...renewed,
      files: { ...renewed.files, "migrations/certificates/former.pem": `${CERTIFICATE}${CERTIFICATE}` },
    });

    expect(before).toMatchObject({ lifecycle: { create_before_destroy: true } });
    expect(before["certificate_id"]).toMatch(/^live-shop-source-ca-[0-9a-f]{8}$/);
    expect(after["certificate_id"]).not.toBe(before["certificate_id"]);
  });

  it("is read by a role of the migration's own, for this account's DMS only", () => {
    const stack = stackIn("prepare");
    const [trust] = stack.statements(stack.only("aws_iam_role")["assume_role_policy"]);
    const [read] = stack.statements(stack.only("aws_iam_role_policy")["policy"]);

    expect(objects(trust?.["principals"])[0]).toMatchObject({
      identifiers: ["dms.eu-central-1.amazonaws.com"],
    });
    expect(objects(trust?.["condition"]).map(({ variable }) => variable)).toEqual([
      "aws:SourceAccount",
      "aws:SourceArn",
    ]);
    expect(strings(read?.["resources"])).toHaveLength(2);
  });

  it("of MySQL names no database", () => {
    const stack = shopWith({
      source: { engineName: "mysql", secret: "migration/shop-source", certificate: "former.pem" },
      ...oneWay,
    });

    expect(stack.at("aws_dms_endpoint.source_endpoint")).not.toHaveProperty("database_name");
  });

  it("of DocumentDB has its secret by CloudFormation, since Terraform would want a password", () => {
    const stack = shopWith({
      source: { engineName: "mongodb", secret: "migration/shop-source", databaseName: "shop" },
      target: {
        engineName: "docdb",
        secret: "migration/shop-target",
        databaseName: "shop",
        certificate: "rds.pem",
      },
      validation: { enabled: false },
      waivers: [
        {
          control: "validation",
          reason: "Counts and hashes are compared",
          owner: "a@acme.example",
          expires: "2099-01-31",
        },
      ],
      ...oneWay,
    });
    const end = stack.only("aws_cloudformation_stack");

    expect(object(json(end["template_body"])["Resources"])).toMatchObject({
      Endpoint: {
        Properties: { EngineName: "docdb", DocDbSettings: { SecretsManagerSecretId: { Ref: "SecretArn" } } },
      },
    });
    expect(end["parameters"]).toMatchObject({ SecretArn: expect.stringContaining("arn") });
    expect(stack.at("aws_dms_replication_task.forward_task")["target_endpoint_arn"]).toContain("EndpointArn");
  });
});

describe("a task's settings", () => {
  const settings = (phase: Phase, task: string) =>
    json(stackIn(phase).at(`aws_dms_replication_task.${task}_task`)["replication_task_settings"]);

  it("say all that DMS must be told", () =>
    expect(settings("prepare", "forward")).toMatchObject({
      Logging: { EnableLogging: true },
      TargetMetadata: {
        SupportLobs: true,
        FullLobMode: true,
        BatchApplyEnabled: false,
        TaskRecoveryTableEnabled: true,
      },
      ErrorBehavior: { FailOnNoTablesCaptured: true, RecoverableErrorCount: -1 },
      ControlTablesSettings: { ControlSchema: "awsdms_control" },
      FullLoadSettings: { TargetTablePrepMode: "DO_NOTHING" },
    }));

  it("say nothing that never settles: no disabled block, no list but of logs, no number as text", () => {
    const found = settings("prepare", "forward");
    const leaves = Object.values(found).flatMap((block) => Object.entries(object(block)));

    expect(Object.keys(found)).not.toEqual(
      expect.arrayContaining([
        "TTSettings",
        "BeforeImageSettings",
        "CharacterSetSettings",
        "PostProcessingRules",
      ]),
    );
    expect(found).not.toHaveProperty("LoopbackPreventionSettings");
    expect(leaves.filter(([, value]) => value === null || typeof value === "object")).toEqual([]);
    expect(leaves.filter(([, value]) => typeof value === "string" && /^-?\d+$/.test(value))).toEqual([]);
    expect(Object.keys(object(found["Logging"]))).toEqual(["EnableLogging"]);
  });

  it("leave comparing to the task that only compares", () => {
    expect(settings("cdc", "forward")["ValidationSettings"]).toMatchObject({ EnableValidation: false });
    expect(settings("cdc", "validation")["ValidationSettings"]).toMatchObject({
      EnableValidation: true,
      ValidationOnly: true,
    });
  });

  it("prepare tables for the load only: whoever starts another task anew finds what is there", () => {
    const stack = synthesizedAlone(
      loadCompany(
        migratingIn("cutover", {
          task: { ...SHOP.task, settings: { targetTablePrepMode: "DROP_AND_CREATE" } },
        }),
      ),
      UNIT,
    );
    const prepares = ["forward", "validation", "reverse"].map(
      (task) =>
        object(
          json(stack.at(`aws_dms_replication_task.${task}_task`)["replication_task_settings"])[
            "FullLoadSettings"
          ],
        )["TargetTablePrepMode"],
    );

    expect(prepares).toEqual(["DROP_AND_CREATE", "DO_NOTHING", "DO_NOTHING"]);
  });

  it("let both tasks tell what the other wrote, where they may run at once", () => {
    const stack = synthesizedAlone(
      loadCompany(migratingIn("cutover", { reverse: { enabled: true, loopbackPrevention: true } })),
      UNIT,
    );
    for (const task of ["forward", "reverse"])
      expect(
        json(stack.at(`aws_dms_replication_task.${task}_task`)["replication_task_settings"]),
      ).toMatchObject({
        LoopbackPreventionSettings: { EnableLoopbackPrevention: true, SourceSchema: "awsdms_loopback" },
      });
  });
});

describe("table mappings", () => {
  const rules = (task: string) =>
    objects(json(stackIn("cutover").at(`aws_dms_replication_task.${task}_task`)["table_mappings"])["rules"]);

  it("number their rules so that one more of a kind changes none of the other", () =>
    expect(rules("forward").map((rule) => [rule["rule-type"], rule["rule-id"]])).toEqual([
      ["selection", "1"],
      ["transformation", "1001"],
    ]));

  it("are turned round for the way back", () =>
    expect(rules("reverse")).toMatchObject([
      { "object-locator": { "schema-name": "shop", "table-name": "%" } },
      { "rule-action": "rename", "object-locator": { "schema-name": "shop" }, value: "public" },
    ]));

  it("take filters", () => {
    const stack = shopWith({
      task: {
        tableMappings: {
          selection: [
            {
              schemaName: "public",
              tableName: "orders",
              filters: [{ columnName: "id", filterConditions: [{ filterOperator: "gte", value: "1000" }] }],
            },
          ],
        },
      },
    });
    const [rule] = objects(
      json(stack.at("aws_dms_replication_task.forward_task")["table_mappings"])["rules"],
    );

    expect(rule?.["filters"]).toEqual([
      {
        "filter-type": "source",
        "column-name": "id",
        "filter-conditions": [{ "filter-operator": "gte", value: "1000" }],
      },
    ]);
  });
});

describe("what an account's migrations share", () => {
  const shared = () => synthesizedAlone(loadCompany(migratingIn("prepare")), "live-migration");

  it("has DMS's roles under the names and at the path that DMS knows, under the boundary", () => {
    const roles = shared()
      .resources("aws_iam_role")
      .filter(({ id }) => id.startsWith("roles_"));

    expect(roles.map(({ values }) => [values["name"], values["path"]])).toEqual([
      ["dms-cloudwatch-logs-role", "/"],
      ["dms-vpc-role", "/"],
    ]);
    expect(
      roles.every(({ values }) => String(values["permissions_boundary"]).endsWith("slipway-boundary")),
    ).toBe(true);
  });

  it("lets DMS write logs, for which it names no source, and ties all else to the account", () => {
    const stack = shared();
    const conditions = (id: string) =>
      objects(
        stack.statements(stack.at(`aws_iam_role.${id}`)["assume_role_policy"])[0]?.["condition"] ?? [],
      ).map(({ variable }) => variable);

    expect(conditions("roles_logs_role")).toEqual([]);
    for (const id of ["roles_vpc_role", "assessments_writer_role"])
      expect(conditions(id)).toEqual(["aws:SourceAccount", "aws:SourceArn"]);
  });

  it("tells the account's topics what DMS tells, failures apart", () => {
    const patterns = shared()
      .resources("aws_cloudwatch_event_rule")
      .map(({ values }) => json(values["event_pattern"]));

    expect(patterns.map(({ detail }) => detail)).toEqual([
      { category: [{ "anything-but": ["Failure"] }] },
      { category: ["Failure"] },
    ]);
  });

  it("stays when all of them are over, with the logs", () => {
    const over = synthesizedAlone(loadCompany(migratingIn("decommission")), "live-migration");

    expect(over.only("aws_cloudwatch_log_group")).toMatchObject({ name: "dms-tasks-live-shop-replication" });
    expect(over.resources().map(({ address }) => address)).toEqual(
      shared()
        .resources()
        .map(({ address }) => address),
    );
  });
});

describe("a VPN to the source", () => {
  const vpn = () => synthesizedAlone(loadCompany(migratingIn("prepare")), "live-vpn");

  it("takes strong ends only, keeps its keys out of the state, and logs", () => {
    const connection = vpn().only("aws_vpn_connection");

    for (const tunnel of ["tunnel1", "tunnel2"])
      expect(connection).toMatchObject({
        [`${tunnel}_ike_versions`]: ["ikev2"],
        [`${tunnel}_phase1_encryption_algorithms`]: ["AES256-GCM-16"],
        [`${tunnel}_phase2_dh_group_numbers`]: [19, 20, 21],
        [`${tunnel}_log_options`]: { cloudwatch_log_options: { log_enabled: true } },
      });
    expect(connection).toMatchObject({ preshared_key_storage: "SecretsManager", static_routes_only: true });
    expect(JSON.stringify(connection)).not.toMatch(/tunnel\d_preshared_key"/);
  });

  it("brings its routes into every inner route table, and wakes somebody when it is down", () => {
    expect(vpn().resources("aws_vpn_gateway_route_propagation")).toHaveLength(4);
    expect(vpn().at("aws_cloudwatch_metric_alarm.former_down")).toMatchObject({
      metric_name: "TunnelState",
      treat_missing_data: "breaching",
      alarm_actions: [expect.stringContaining("criticalTopicArn")],
    });
  });
});

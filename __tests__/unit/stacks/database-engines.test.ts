import { DATABASE_EXAMPLES } from "../../support/database-examples";
import { loadCompany, removeFolders } from "../../support/company";
import { object, objects, strings, synthesizedAlone } from "../../support/synthesized";

afterAll(removeFolders);

const fleet = loadCompany({
  accounts: {
    live: {
      data: { databases: DATABASE_EXAMPLES },
      secrets: { "billing/orders": { description: "User of orders in billing" } },
    },
    development: {
      data: {
        databases: {
          drivers: { engine: "aurora-mysql", instanceClass: "db.t3.medium" },
          rides: { engine: "mysql", instanceClass: "db.t4g.micro" },
        },
      },
    },
  },
  services: { orders: { accounts: ["live"], databases: ["reports", "billing", "drivers"] } },
});
const made = new Map<string, ReturnType<typeof synthesizedAlone>>();
const stack = (id: string) => {
  const held = made.get(id) ?? synthesizedAlone(fleet, id);
  made.set(id, held);
  return held;
};
const parameters = (values: { readonly [key: string]: unknown }) =>
  Object.fromEntries(
    objects(values["parameter"] as never).map(({ name, value, apply_method }) => [
      name,
      [value, apply_method],
    ]),
  );

describe("Aurora MySQL", () => {
  it("takes TLS only, and writes its changes row by row where others read them", () => {
    const group = stack("live-data-drivers").only("aws_rds_cluster_parameter_group");
    expect(group["family"]).toBe("aurora-mysql8.0");
    expect(parameters(group)).toMatchObject({
      require_secure_transport: ["1", "pending-reboot"],
      binlog_format: ["ROW", "pending-reboot"],
      binlog_row_image: ["full", "pending-reboot"],
      max_connections: ["500", "immediate"],
      innodb_read_io_threads: ["8", "pending-reboot"],
    });
    expect(
      parameters(stack("live-data-bookings").only("aws_rds_cluster_parameter_group")),
    ).not.toHaveProperty("binlog_format");
  });

  it("listens where MySQL does, and says who connected", () => {
    expect(stack("live-data-drivers").only("aws_rds_cluster")).toMatchObject({
      port: 3306,
      enabled_cloudwatch_logs_exports: ["audit", "error", "slowquery"],
    });
    expect(stack("live-data-drivers").only("aws_vpc_security_group_ingress_rule")["from_port"]).toBe(3306);
    expect(stack("live-data-drivers").resources("aws_cloudwatch_log_group")).toHaveLength(3);
  });

  it("has Performance Insights, but on the class that AWS refuses it on", () => {
    const [writer] = stack("live-data-drivers").resources("aws_rds_cluster_instance");
    expect(writer?.values["performance_insights_enabled"]).toBe(true);
    expect(stack("development-data-drivers").only("aws_rds_cluster_instance")).not.toHaveProperty(
      "performance_insights_enabled",
    );
  });

  it("grows by readers while those there are busy", () => {
    expect(stack("live-data-drivers").only("aws_appautoscaling_target")).toMatchObject({
      resource_id: "cluster:live-drivers",
      min_capacity: 1,
      max_capacity: 4,
    });
  });

  it("follows use from nothing, and tells when its most is not enough", () => {
    const bookings = stack("live-data-bookings");
    expect(bookings.only("aws_rds_cluster")["serverlessv2_scaling_configuration"]).toEqual({
      min_capacity: 0,
      max_capacity: 16,
      seconds_until_auto_pause: 900,
    });
    const classes = bookings
      .resources("aws_rds_cluster_instance")
      .map(({ values }) => values["instance_class"]);
    expect(new Set(classes)).toEqual(new Set(["db.serverless"]));
    const metrics = bookings
      .resources("aws_cloudwatch_metric_alarm")
      .map(({ values }) => values["metric_name"]);
    expect(metrics).toContain("ACUUtilization");
    expect(metrics).not.toContain("MaximumUsedTransactionIDs");
  });
});

describe("a cluster with a say in where and whence", () => {
  it("goes round its zones, with I/O in the price", () => {
    const ledger = stack("live-data-ledger");
    expect(
      ledger.resources("aws_rds_cluster_instance").map(({ values }) => values["availability_zone"]),
    ).toEqual(["eu-central-1a", "eu-central-1b", "eu-central-1c"]);
    expect(ledger.only("aws_rds_cluster")["storage_type"]).toBe("aurora-iopt1");
  });

  it("comes from a point in time, once, with the users that were there", () => {
    const cluster = stack("live-data-orders-past").only("aws_rds_cluster");
    expect(cluster).toMatchObject({
      restore_to_point_in_time: {
        source_cluster_identifier: "live-orders",
        restore_to_time: "2026-03-01T04:00:00Z",
      },
      manage_master_user_password: true,
      lifecycle: { ignore_changes: ["restore_to_point_in_time"] },
    });
    expect(cluster).not.toHaveProperty("master_username");
    expect(cluster).not.toHaveProperty("database_name");
  });

  it("begins a global database that outlives nothing by accident", () => {
    const ledger = stack("live-data-ledger");
    expect(ledger.only("aws_rds_global_cluster")).toMatchObject({
      global_cluster_identifier: "live-ledger-global",
      source_db_cluster_identifier: "${aws_rds_cluster.store_cluster.arn}",
      deletion_protection: true,
      lifecycle: { prevent_destroy: true },
    });
    const cluster = ledger.only("aws_rds_cluster");
    // AWS keeps no passwords of a global database's clusters.
    expect(cluster).not.toHaveProperty("manage_master_user_password");
    expect(cluster["master_password_wo"]).toBe("${uuid()}");
    expect(object(cluster["lifecycle"])["ignore_changes"]).toEqual(["global_cluster_identifier"]);
  });
});

describe("an instance of RDS", () => {
  const rides = () => stack("live-data-rides").only("aws_db_instance");

  it("is encrypted, private, with a standby, and cannot be lost in live", () => {
    expect(rides()).toMatchObject({
      engine: "mysql",
      storage_encrypted: true,
      kms_key_id: expect.stringContaining("dataKeyArn"),
      publicly_accessible: false,
      multi_az: true,
      manage_master_user_password: true,
      iam_database_authentication_enabled: true,
      deletion_protection: true,
      skip_final_snapshot: false,
      final_snapshot_identifier: "live-rides-final",
      backup_retention_period: 35,
      lifecycle: { prevent_destroy: true },
    });
    expect(rides()).not.toHaveProperty("password");
  });

  it("has the storage that it asks for, and room to grow", () => {
    expect(rides()).toMatchObject({
      storage_type: "gp3",
      allocated_storage: 400,
      max_allocated_storage: 2000,
      iops: 12_000,
      storage_throughput: 500,
    });
  });

  it("is alone, and goes with its account, where nothing is protected", () => {
    const instance = stack("development-data-rides").only("aws_db_instance");
    expect(instance).toMatchObject({
      multi_az: false,
      skip_final_snapshot: true,
      backup_retention_period: 7,
    });
    // There is no room for it on so small a class.
    expect(instance).not.toHaveProperty("performance_insights_enabled");
  });

  it("takes TLS only, in each engine's words", () => {
    const group = (name: string) => stack(`live-data-${name}`).only("aws_db_parameter_group");
    expect(group("rides")).toMatchObject({ name: "live-rides-8-4", family: "mysql8.4" });
    expect(parameters(group("rides"))).toMatchObject({ require_secure_transport: ["1", "pending-reboot"] });
    expect(parameters(group("shop"))).toMatchObject({ require_secure_transport: ["1", "pending-reboot"] });
    expect(parameters(group("reports"))).toMatchObject({
      "rds.force_ssl": ["1", "pending-reboot"],
      "rds.logical_replication": ["1", "pending-reboot"],
    });
    expect(group("billing")["family"]).toBe("sqlserver-se-16.0");
    expect(parameters(group("billing"))).toMatchObject({
      "rds.force_ssl": ["1", "pending-reboot"],
      "rds.tls10": ["disabled", "pending-reboot"],
    });
  });

  it("leaves its master's password to nobody where replicas copy it, which AWS asks for", () => {
    const primary = object(stack("live-data-shop").at("aws_db_instance.store_instance"));
    expect(primary).toMatchObject({ password_wo: "${uuid()}", password_wo_version: 1 });
    expect(primary).not.toHaveProperty("manage_master_user_password");
    const replica = object(stack("live-data-shop").at("aws_db_instance.store_replica_2"));
    expect(replica).toMatchObject({
      identifier: "live-shop-replica-2",
      replicate_source_db: "${aws_db_instance.store_instance.identifier}",
      storage_encrypted: true,
      skip_final_snapshot: true,
    });
  });

  it("of SQL Server has its licence, and no database of its own", () => {
    const billing = stack("live-data-billing").only("aws_db_instance");
    expect(billing).toMatchObject({
      license_model: "license-included",
      character_set_name: "Latin1_General_CI_AS",
      multi_az: true,
      port: 1433,
    });
    expect(billing).not.toHaveProperty("db_name");
    expect(billing).not.toHaveProperty("iam_database_authentication_enabled");
    expect(stack("live-data-booking").only("aws_db_instance")).toMatchObject({
      multi_az: false,
      timezone: "W. Europe Standard Time",
      enabled_cloudwatch_logs_exports: ["error"],
    });
  });

  it("warns before its storage is full, and each replica when it lags", () => {
    const alarms = stack("live-data-shop").resources("aws_cloudwatch_metric_alarm");
    const of = (metric: string) => alarms.filter(({ values }) => values["metric_name"] === metric);
    expect(of("FreeStorageSpace")[0]?.values["threshold"]).toBe(4 * 1024 ** 3);
    expect(
      of("ReplicaLag").map(({ values }) => object(values["dimensions"])["DBInstanceIdentifier"]),
    ).toEqual(["live-shop-replica-1", "live-shop-replica-2"]);
  });
});

describe("a service", () => {
  const orders = () => stack("live-service-orders");
  const container = () => object(orders().containers()[0]);

  it("is told the engine, and each replica of an instance", () => {
    const environment = Object.fromEntries(
      objects(container()["environment"]).map(({ name, value }) => [String(name), String(value)]),
    );
    expect(environment).toMatchObject({
      DATABASE_DRIVERS_ENGINE: "aurora-mysql",
      DATABASE_DRIVERS_USER: "orders",
      DATABASE_REPORTS_ENGINE: "postgres",
      DATABASE_REPORTS_READER_HOSTS: expect.stringContaining("endpoints"),
      DATABASE_BILLING_ENGINE: "sqlserver-se",
    });
    expect(environment).not.toHaveProperty("DATABASE_BILLING_USER");
  });

  it("gets SQL Server's user and password from its own secret, by reference", () => {
    const secrets = Object.fromEntries(
      objects(container()["secrets"]).map(({ name, valueFrom }) => [String(name), String(valueFrom)]),
    );
    expect(secrets["DATABASE_BILLING_USER"]).toMatch(/secret_billing_orders.*:username::$/);
    expect(secrets["DATABASE_BILLING_PASSWORD"]).toMatch(/secret_billing_orders.*:password::$/);
  });

  it("signs in to an instance and to its replicas", () => {
    const { policy } = orders().at("aws_iam_role_policy.roles_task_policy");
    const statement = orders()
      .statements(policy)
      .find((candidate) => candidate["sid"] === "SignInToReports");
    expect(strings(statement?.["resources"])).toHaveLength(2);
  });
});

test("an account's second region copies its global database, under its own key and with the primary's users", () => {
  const both = loadCompany({
    organization: { allowedRegions: ["eu-central-1", "eu-west-1", "us-east-1"] },
    accounts: {
      live: {
        data: { databases: { ledger: { instanceClass: "db.r7g.large", databaseName: "book", global: {} } } },
      },
      "live-ireland": {
        name: "live-ireland",
        regionOf: "live",
        region: "eu-west-1",
        network: { cidrBlock: "10.40.0.0/16" },
      },
    },
  });
  const copy = synthesizedAlone(both, "live-ireland-data-ledger").only("aws_rds_cluster");
  expect(copy).toMatchObject({
    global_cluster_identifier: "live-ledger-global",
    source_region: "eu-central-1",
    kms_key_id: expect.stringContaining("dataKeyArn"),
  });
  for (const field of [
    "master_username",
    "master_password_wo",
    "manage_master_user_password",
    "database_name",
  ])
    expect(copy).not.toHaveProperty(field);
});

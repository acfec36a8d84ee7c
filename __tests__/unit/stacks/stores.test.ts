import { loadCompany, removeFolders } from "../../support/company";
import { object, objects, strings, synthesizedAlone } from "../../support/synthesized";

afterAll(removeFolders);

const data = {
  databases: {
    "order-book": { parameters: { work_mem: "65536", max_connections: "300" } },
    business: { instanceClass: "db.r7g.large", readers: 2, databaseName: "ledger", backupRetentionDays: 14 },
  },
  buckets: {
    invoices: { archiveAfterDays: 90, expireAfterDays: 3650, keepVersionsDays: 30 },
    uploads: { events: true },
  },
};
const services = {
  orders: {
    databases: ["order-book", "business"],
    buckets: { invoices: "read", uploads: "readWrite" },
  },
};
const fleet = loadCompany({ accounts: { live: { data }, development: { data } }, services });
const made = new Map<string, ReturnType<typeof synthesizedAlone>>();
const stack = (id: string) => {
  const held = made.get(id) ?? synthesizedAlone(fleet, id);
  made.set(id, held);
  return held;
};
const identifiers = (id: string) =>
  stack(id)
    .resources("aws_rds_cluster_instance")
    .map(({ values }) => values["identifier"]);

describe("a database", () => {
  const cluster = () => stack("live-data-order-book").only("aws_rds_cluster");

  it("is encrypted, private to its clients, and signs services in by IAM", () => {
    expect(cluster()).toMatchObject({
      storage_encrypted: true,
      kms_key_id: expect.stringContaining("dataKeyArn"),
      iam_database_authentication_enabled: true,
      db_subnet_group_name: "${aws_db_subnet_group.store_subnets.name}",
      vpc_security_group_ids: ["${aws_security_group.groups_server.id}"],
    });
    expect(stack("live-data-order-book").only("aws_vpc_security_group_ingress_rule")).toMatchObject({
      from_port: 5432,
      to_port: 5432,
      referenced_security_group_id: "${aws_security_group.groups_client.id}",
    });
  });

  it("leaves its master password to RDS, so that no state holds one", () => {
    expect(cluster()).toMatchObject({
      manage_master_user_password: true,
      master_user_secret_kms_key_id: expect.stringContaining("dataKeyArn"),
    });
    expect(cluster()).not.toHaveProperty("master_password");
  });

  it("takes TLS only, and applies each parameter in the one way that AWS allows", () => {
    const { family, parameter } = stack("live-data-order-book").only("aws_rds_cluster_parameter_group");
    expect(family).toBe("aurora-postgresql16");
    const parameters = Object.fromEntries(
      objects(parameter).map(({ name, value, apply_method }) => [name, [value, apply_method]]),
    );
    expect(parameters).toMatchObject({
      "rds.force_ssl": ["1", "immediate"],
      log_statement: ["ddl", "immediate"],
      max_connections: ["300", "pending-reboot"],
      work_mem: ["65536", "immediate"],
    });
  });

  it("has a reader where the account keeps standbys, none elsewhere, or as many as it says", () => {
    expect(identifiers("live-data-order-book")).toEqual(["live-order-book-1", "live-order-book-2"]);
    expect(identifiers("development-data-order-book")).toEqual(["development-order-book-1"]);
    expect(identifiers("development-data-business")).toHaveLength(3);
  });

  it("cannot be lost in live, and goes with its account elsewhere", () => {
    expect(cluster()).toMatchObject({
      deletion_protection: true,
      skip_final_snapshot: false,
      final_snapshot_identifier: "live-order-book-final",
      backup_retention_period: 35,
      lifecycle: { prevent_destroy: true },
    });
    expect(stack("development-data-order-book").only("aws_rds_cluster")).toMatchObject({
      deletion_protection: false,
      skip_final_snapshot: true,
      backup_retention_period: 7,
    });
  });

  it("writes its log where there is a key and a retention before it", () => {
    const logs = stack("live-data-order-book").only("aws_cloudwatch_log_group");
    expect(logs).toMatchObject({
      name: "/aws/rds/cluster/live-order-book/postgresql",
      retention_in_days: 30,
      kms_key_id: expect.stringContaining("logsKeyArn"),
    });
    expect(strings(cluster()["depends_on"])).toContain("aws_cloudwatch_log_group.store_logs");
  });

  it("is watched by what its class can take", () => {
    const alarm = (id: string, metric: string) =>
      stack(id)
        .resources("aws_cloudwatch_metric_alarm")
        .find(({ values }) => values["metric_name"] === metric)?.values;
    expect(alarm("live-data-order-book", "DatabaseConnections")?.["threshold"]).toBe(240);
    expect(alarm("live-data-business", "DatabaseConnections")?.["threshold"]).toBe(1441);
    expect(alarm("live-data-business", "AuroraReplicaLagMaximum")).toBeDefined();
    expect(alarm("development-data-order-book", "AuroraReplicaLagMaximum")).toBeUndefined();
  });
});

describe("a bucket", () => {
  it("archives, expires and forgets as it says", () => {
    const { rule } = stack("live-data-invoices").only("aws_s3_bucket_lifecycle_configuration");
    expect(objects(rule)[0]).toMatchObject({
      transition: [{ days: 90, storage_class: "GLACIER_IR" }],
      expiration: [{ days: 3650 }],
      noncurrent_version_expiration: [{ noncurrent_days: 30 }],
    });
    const plain = stack("live-data-uploads").only("aws_s3_bucket_lifecycle_configuration")["rule"];
    expect(objects(plain)[0]).not.toHaveProperty("transition");
  });

  it("tells EventBridge only where functions wait for objects", () => {
    expect(stack("live-data-uploads").only("aws_s3_bucket_notification")["eventbridge"]).toBe(true);
    expect(stack("live-data-invoices").resources("aws_s3_bucket_notification")).toEqual([]);
  });
});

describe("a service that names stores", () => {
  const orders = () => stack("live-service-orders");
  const statement = (sid: string) => {
    const { policy } = orders().at("aws_iam_role_policy.roles_task_policy");
    return orders()
      .statements(policy)
      .find((candidate) => candidate["sid"] === sid);
  };

  it("is told where they are", () => {
    const environment = objects(orders().containers()[0]?.["environment"]);
    const named = Object.fromEntries(environment.map(({ name, value }) => [String(name), String(value)]));
    expect(named).toMatchObject({
      DATABASE_ORDER_BOOK_HOST: expect.stringContaining("endpoint"),
      DATABASE_ORDER_BOOK_READER_HOST: expect.stringContaining("readerEndpoint"),
      DATABASE_ORDER_BOOK_USER: "orders",
      DATABASE_BUSINESS_NAME: expect.stringContaining("databaseName"),
      BUCKET_INVOICES: expect.stringContaining("bucketName"),
    });
  });

  it("signs in to its databases as itself only", () => {
    const resources = strings(statement("SignInToOrderBook")?.["resources"]);
    expect(resources).toHaveLength(1);
    expect(resources[0]).toMatch(
      /^arn:aws:rds-db:eu-central-1:200000000003:dbuser:\$\{.*resourceId.*\}\/orders$/,
    );
  });

  it("reads where it may read, writes where it may write, and uses the key through S3 only", () => {
    expect(statement("ReadInvoices")?.["actions"]).toEqual(["s3:GetObject"]);
    expect(statement("ReadAndWriteUploads")?.["actions"]).toEqual(
      expect.arrayContaining(["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]),
    );
    expect(statement("ReadInvoices")?.["resources"]).toEqual([expect.stringMatching(/bucketArn.*\/\*$/)]);
    expect(objects(statement("UseDataKey")?.["condition"])[0]).toMatchObject({
      values: ["s3.eu-central-1.amazonaws.com"],
    });
  });

  it("joins the clients' groups of its databases", () => {
    const groups = object(orders().only("aws_ecs_service")["network_configuration"])["security_groups"];
    expect(strings(groups).filter((group) => group.includes("clientGroupId"))).toHaveLength(2);
  });
});

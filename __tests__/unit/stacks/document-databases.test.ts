import { loadCompany, removeFolders } from "../../support/company";
import { STORE_EXAMPLES } from "../../support/store-examples";
import { object, objects, strings, synthesizedAlone } from "../../support/synthesized";

afterAll(removeFolders);

const data = { documentDatabases: STORE_EXAMPLES.documentDatabases };
const fleet = loadCompany({
  accounts: { live: { data }, development: { data } },
  services: { orders: { documentDatabases: ["catalogue"] } },
});
const made = new Map<string, ReturnType<typeof synthesizedAlone>>();
const stack = (id: string) => {
  const held = made.get(id) ?? synthesizedAlone(fleet, id);
  made.set(id, held);
  return held;
};
const cluster = (id: string) => stack(id).only("aws_docdb_cluster");
const parametersOf = (id: string) =>
  Object.fromEntries(
    objects(stack(id).only("aws_docdb_cluster_parameter_group")["parameter"]).map(
      ({ name, value, apply_method }) => [name, [value, apply_method]],
    ),
  );

describe("a document database", () => {
  it("is encrypted and private to its clients", () => {
    expect(cluster("live-data-catalogue")).toMatchObject({
      storage_encrypted: true,
      kms_key_id: expect.stringContaining("dataKeyArn"),
      db_subnet_group_name: "${aws_docdb_subnet_group.store_subnets.name}",
      vpc_security_group_ids: ["${aws_security_group.groups_server.id}"],
    });
    expect(stack("live-data-catalogue").only("aws_vpc_security_group_ingress_rule")).toMatchObject({
      from_port: 27017,
      referenced_security_group_id: "${aws_security_group.groups_client.id}",
    });
  });

  it("leaves its master password to AWS, so that no state holds one", () => {
    expect(cluster("live-data-catalogue")).toMatchObject({ manage_master_user_password: true });
    expect(cluster("live-data-catalogue")).not.toHaveProperty("master_password");
  });

  it("takes TLS 1.2 only, and applies each parameter in the one way that AWS allows", () => {
    expect(parametersOf("live-data-telemetry")).toEqual({
      audit_logs: ["enabled", "immediate"],
      profiler: ["enabled", "immediate"],
      profiler_threshold_ms: ["250", "immediate"],
      tls: ["tls1.2+", "pending-reboot"],
    });
    expect(stack("live-data-telemetry").only("aws_docdb_cluster_parameter_group")).toMatchObject({
      name: "live-telemetry-8-0",
      family: "docdb8.0",
    });
  });

  it("names only the type of storage that AWS names", () => {
    expect(cluster("live-data-telemetry")["storage_type"]).toBe("iopt1");
    expect(cluster("live-data-catalogue")).not.toHaveProperty("storage_type");
  });

  it("has a replica where the account keeps standbys, none elsewhere, or as many as it says", () => {
    const count = (id: string) => stack(id).resources("aws_docdb_cluster_instance").length;
    expect(count("live-data-catalogue")).toBe(2);
    expect(count("development-data-catalogue")).toBe(1);
    expect(count("development-data-telemetry")).toBe(3);
  });

  it("cannot be lost in live, and goes with its account elsewhere", () => {
    expect(cluster("live-data-catalogue")).toMatchObject({
      deletion_protection: true,
      skip_final_snapshot: false,
      final_snapshot_identifier: "live-catalogue-final",
      backup_retention_period: 35,
      lifecycle: { prevent_destroy: true },
    });
    expect(cluster("development-data-catalogue")).toMatchObject({
      deletion_protection: false,
      skip_final_snapshot: true,
      backup_retention_period: 7,
    });
  });

  it("writes its logs where there is a key and a retention before it", () => {
    const logs = stack("live-data-catalogue").resources("aws_cloudwatch_log_group");
    expect(logs.map(({ values }) => values["name"])).toEqual([
      "/aws/docdb/live-catalogue/audit",
      "/aws/docdb/live-catalogue/profiler",
    ]);
    expect(strings(cluster("live-data-catalogue")["depends_on"])).toEqual(logs.map(({ address }) => address));
  });

  it("is watched by what its class can take, and for lag where something can lag", () => {
    const alarm = (id: string, name: string) =>
      stack(id)
        .resources("aws_cloudwatch_metric_alarm")
        .find(({ values }) => values["alarm_name"] === name)?.values;
    expect(alarm("live-data-telemetry", "live-telemetry-memory")?.["threshold"]).toBe(
      Math.round(0.05 * 16 * 1024 ** 3),
    );
    expect(alarm("live-data-catalogue", "live-catalogue-replica-lag")).toBeDefined();
    expect(alarm("development-data-catalogue", "development-catalogue-replica-lag")).toBeUndefined();
    expect(alarm("live-data-catalogue", "live-catalogue-connections")).toBeDefined();
  });
});

describe("a service that names a document database", () => {
  const orders = () => stack("live-service-orders");

  it("is told where it is, and joins its clients", () => {
    const environment = objects(orders().containers()[0]?.["environment"]);
    const named = Object.fromEntries(environment.map(({ name, value }) => [String(name), String(value)]));
    expect(named).toMatchObject({
      DOCUMENTS_CATALOGUE_HOST: expect.stringContaining(".endpoint"),
      DOCUMENTS_CATALOGUE_READER_HOST: expect.stringContaining("readerEndpoint"),
      DOCUMENTS_CATALOGUE_PORT: expect.stringContaining("port"),
    });
    const groups = object(orders().only("aws_ecs_service")["network_configuration"])["security_groups"];
    expect(strings(groups).filter((group) => group.includes("clientGroupId"))).toHaveLength(1);
  });
});

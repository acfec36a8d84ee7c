import { loadCompany, removeFolders } from "../../support/company";
import { object, objects, strings, synthesized, synthesizedAlone } from "../../support/synthesized";

afterAll(removeFolders);

const data = {
  searchDomains: {
    products: {},
    logs: { instanceType: "r7g.large.search", availabilityZoneCount: 2, instanceCount: 4, volumeSize: 1500 },
  },
};
const fleet = loadCompany({
  accounts: { live: { data }, development: { data: { searchDomains: { products: {} } } } },
  services: {
    orders: { accounts: ["live"], searchDomains: { products: "read", logs: "readWrite" } },
    mailer: undefined,
  },
});
const small = loadCompany({
  accounts: { development: { data: { searchDomains: { products: {} } } } },
  services: { orders: undefined, mailer: undefined },
});
const made = new Map<string, ReturnType<typeof synthesizedAlone>>();
const stack = (id: string) => {
  const held = made.get(id) ?? synthesizedAlone(fleet, id);
  made.set(id, held);
  return held;
};
const domain = (id: string) => stack(id).only("aws_opensearch_domain");

describe("a search domain", () => {
  it("is private, encrypted everywhere, and takes TLS 1.2 only", () => {
    expect(domain("live-data-products")).toMatchObject({
      engine_version: "OpenSearch_2.19",
      vpc_options: {
        security_group_ids: ["${aws_security_group.groups_server.id}"],
        subnet_ids: expect.stringMatching(/slice\(.*isolatedSubnetIds.*, 0, \d\)/),
      },
      encrypt_at_rest: { enabled: true, kms_key_id: expect.stringContaining("dataKeyArn") },
      node_to_node_encryption: { enabled: true },
      domain_endpoint_options: {
        enforce_https: true,
        tls_security_policy: "Policy-Min-TLS-1-2-PFS-2023-10",
      },
    });
    expect(stack("live-data-products").only("aws_vpc_security_group_ingress_rule")).toMatchObject({
      from_port: 443,
      referenced_security_group_id: "${aws_security_group.groups_client.id}",
    });
  });

  it("has a role as its master, which administrators take on, and no password", () => {
    expect(domain("live-data-products")["advanced_security_options"]).toEqual({
      enabled: true,
      internal_user_database_enabled: false,
      master_user_options: { master_user_arn: "${aws_iam_role.master_role.arn}" },
    });
    const [trust] = stack("live-data-products").statements(
      stack("live-data-products").at("aws_iam_role.master_role")["assume_role_policy"],
    );
    expect(objects(trust?.["condition"])[0]).toMatchObject({
      variable: "aws:PrincipalArn",
      values: ["arn:aws:iam::200000000003:role/acme-administrator"],
    });
  });

  it("lets in this account's workloads alone, by the ARN that it will have", () => {
    const [access] = stack("live-data-products").statements(domain("live-data-products")["access_policies"]);
    expect(access).toMatchObject({
      actions: ["es:ESHttp*"],
      resources: ["arn:aws:es:eu-central-1:200000000003:domain/live-products/*"],
    });
    expect(objects(access?.["condition"])[0]?.["values"]).toEqual([
      "arn:aws:iam::200000000003:role/slipway/*",
    ]);
  });

  it("is in several zones with masters of its own where the account keeps standbys, and one node elsewhere", () => {
    expect(domain("live-data-products")["cluster_config"]).toMatchObject({
      instance_type: "m6g.large.search",
      zone_awareness_enabled: true,
      dedicated_master_enabled: true,
      dedicated_master_count: 3,
    });
    expect(domain("live-data-logs")["cluster_config"]).toMatchObject({
      instance_count: 4,
      zone_awareness_config: { availability_zone_count: 2 },
    });
    expect(domain("development-data-products")["cluster_config"]).toMatchObject({
      instance_type: "t3.small.search",
      instance_count: 1,
      zone_awareness_enabled: false,
      dedicated_master_enabled: false,
    });
  });

  it("has what gp3 does for nothing, and tuning where its type takes it", () => {
    expect(domain("live-data-logs")["ebs_options"]).toMatchObject({
      volume_type: "gp3",
      volume_size: 1500,
      iops: 4500,
      throughput: 250,
    });
    expect(domain("live-data-logs")["auto_tune_options"]).toEqual({
      desired_state: "ENABLED",
      use_off_peak_window: true,
    });
    expect(domain("development-data-products")["auto_tune_options"]).toEqual({ desired_state: "DISABLED" });
  });

  it("writes four logs, its audit for as long as audits are kept", () => {
    expect(
      objects(domain("live-data-products")["log_publishing_options"]).map(({ log_type }) => log_type),
    ).toEqual(["ES_APPLICATION_LOGS", "AUDIT_LOGS", "INDEX_SLOW_LOGS", "SEARCH_SLOW_LOGS"]);
    expect(stack("live-data-products").at("aws_cloudwatch_log_group.store_log_audit")).toMatchObject({
      name: "/slipway/live/data/products/audit",
      retention_in_days: 365,
    });
  });

  it("has a bucket for snapshots, and a role that only it takes on", () => {
    expect(stack("live-data-products").only("aws_s3_bucket")["bucket"]).toBe(
      "acme-live-products-snapshots-200000000003",
    );
    const [trust] = stack("live-data-products").statements(
      stack("live-data-products").at("aws_iam_role.snapshot_role")["assume_role_policy"],
    );
    expect(JSON.stringify(trust)).toContain("es.amazonaws.com");
    expect(JSON.stringify(trust?.["condition"])).toContain(
      "arn:aws:es:eu-central-1:200000000003:domain/live-products",
    );
  });

  it("cannot be lost in live, and goes with its account elsewhere", () => {
    expect(domain("live-data-products")["lifecycle"]).toEqual({ prevent_destroy: true });
    expect(domain("development-data-products")["lifecycle"]).toEqual({ prevent_destroy: false });
  });

  it("is watched as AWS recommends, masters where it has some", () => {
    const alarm = (id: string, name: string) =>
      stack(id)
        .resources("aws_cloudwatch_metric_alarm")
        .find((block) => block.id === `alarms_${name}`)?.values;
    expect(alarm("live-data-logs", "storage")).toMatchObject({ threshold: 384_000, statistic: "Minimum" });
    expect(alarm("live-data-logs", "nodes")?.["threshold"]).toBe(7);
    expect(alarm("live-data-logs", "red")?.["dimensions"]).toEqual({
      ClientId: "200000000003",
      DomainName: "live-logs",
    });
    expect(alarm("live-data-logs", "master_cpu")).toBeDefined();
    expect(alarm("development-data-products", "master_cpu")).toBeUndefined();
  });
});

describe("what domains share", () => {
  it("is there once an account: the role that places them, one policy for all their logs", () => {
    expect(stack("live-search").only("aws_iam_service_linked_role")["aws_service_name"]).toBe(
      "opensearchservice.amazonaws.com",
    );
    const { policy_document } = stack("live-search").only("aws_cloudwatch_log_resource_policy");
    const [logs] = stack("live-search").statements(policy_document);
    expect(logs?.["resources"]).toEqual([
      "arn:aws:logs:eu-central-1:200000000003:log-group:/slipway/live/data/*/*",
    ]);
    expect(objects(logs?.["condition"]).map(({ variable }) => variable)).toEqual([
      "aws:SourceAccount",
      "aws:SourceArn",
    ]);
  });

  it("comes before the first of them, and not without one", () => {
    const { platform } = synthesized(small);
    const node = platform.stacks.find(({ id }) => id === "development-data-products");
    expect(node?.dependsOn).toContain("development-search");
    expect(platform.stacks.map(({ id }) => id)).not.toContain("live-search");
  });
});

test("a service that names domains is told where they are, and may do there what it says", () => {
  const orders = stack("live-service-orders");
  const environment = Object.fromEntries(
    objects(orders.containers()[0]?.["environment"]).map(({ name, value }) => [String(name), String(value)]),
  );
  expect(environment["SEARCH_PRODUCTS_ENDPOINT"]).toMatch(/^https:\/\/.*endpoint/);
  const statements = orders.statements(orders.at("aws_iam_role_policy.roles_task_policy")["policy"]);
  const actions = (sid: string) => strings(statements.find((one) => one["sid"] === sid)?.["actions"]);
  expect(actions("SearchProducts")).toEqual(["es:ESHttpGet", "es:ESHttpHead"]);
  expect(actions("SearchAndWriteLogs")).toContain("es:ESHttpPut");
  const groups = object(orders.only("aws_ecs_service")["network_configuration"])["security_groups"];
  expect(strings(groups).filter((id) => id.includes("clientGroupId"))).toHaveLength(2);
});

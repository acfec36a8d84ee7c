import { loadCompany, removeFolders } from "../../support/company";
import { objects, strings, synthesizedAlone } from "../../support/synthesized";

afterAll(removeFolders);

const SERVICE = "com.amazonaws.vpce.eu-central-1.vpce-svc-0123456789abcdef0";
const account = {
  secrets: { "catalogue/atlas": { description: "Connection strings of Atlas" } },
  data: {
    externalDatabases: {
      catalogue: {
        kind: "mongodb-atlas",
        secret: "catalogue/atlas:url",
        privateLink: { serviceName: SERVICE },
      },
      "old-readings": { kind: "mongodb-atlas", secret: "catalogue/atlas:old" },
    },
  },
};
const fleet = loadCompany({
  accounts: { live: account, development: account },
  services: { orders: { externalDatabases: ["catalogue", "old-readings"] } },
});
const stack = (id: string) => synthesizedAlone(fleet, id);

describe("MongoDB Atlas by a private endpoint", () => {
  const made = () => stack("live-data-catalogue");

  it("is an interface endpoint in isolated subnets; Atlas' own names lead to it", () => {
    expect(made().only("aws_vpc_endpoint")).toMatchObject({
      service_name: SERVICE,
      vpc_endpoint_type: "Interface",
      private_dns_enabled: false,
      subnet_ids: expect.stringContaining("isolatedSubnetIds"),
      security_group_ids: ["${aws_security_group.store_groups_server.id}"],
      lifecycle: { prevent_destroy: true },
    });
  });

  it("lets its clients in on the ports that Atlas gives its nodes there", () => {
    for (const type of ["aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"])
      expect(made().only(type)).toMatchObject({ ip_protocol: "tcp", from_port: 1024, to_port: 65_535 });
    expect(made().only("aws_vpc_security_group_ingress_rule")["referenced_security_group_id"]).toBe(
      "${aws_security_group.store_groups_client.id}",
    );
  });

  it("tells its id, which Atlas is told", () => {
    expect(made().only("aws_ssm_parameter")).toMatchObject({
      name: "/slipway/live/data/catalogue",
      insecure_value: expect.stringContaining("aws_vpc_endpoint.store_endpoint.id"),
    });
  });
});

describe("MongoDB Atlas over the NAT gateways", () => {
  it("is a group that may go out on its ports, and nothing that lets anybody in", () => {
    const made = stack("live-data-old-readings");
    expect(made.only("aws_vpc_security_group_egress_rule")).toMatchObject({
      from_port: 27_015,
      to_port: 27_017,
      cidr_ipv4: "0.0.0.0/0",
    });
    expect(made.resources("aws_vpc_endpoint")).toEqual([]);
    expect(made.resources("aws_vpc_security_group_ingress_rule")).toEqual([]);
  });
});

describe("a service with databases outside", () => {
  it("gets their connection strings from the account's secret, and joins their groups", () => {
    const orders = stack("live-service-orders");
    const [container] = orders.containers();
    expect(objects(container?.["secrets"])).toEqual(
      expect.arrayContaining([
        { name: "MONGODB_CATALOGUE_URL", valueFrom: expect.stringMatching(/catalogue_atlas.*:url::/) },
        { name: "MONGODB_OLD_READINGS_URL", valueFrom: expect.stringMatching(/catalogue_atlas.*:old::/) },
      ]),
    );
    const network = JSON.stringify(orders.only("aws_ecs_service")["network_configuration"]);
    expect(network).toContain("data_catalogue");
    expect(network).toContain("data_old_readings");
  });

  it("lets ECS read that secret and no other for it", () => {
    const orders = stack("live-service-orders");
    const found = orders.statements(orders.at("aws_iam_role_policy.roles_execution_policy")["policy"]);
    const read = found.flatMap((each) =>
      strings(each["actions"] ?? []).includes("secretsmanager:GetSecretValue")
        ? strings(each["resources"])
        : [],
    );
    expect(read).toHaveLength(2);
    expect(read.join()).toContain("catalogue_atlas");
  });
});

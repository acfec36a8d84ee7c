import { loadCompany, removeFolders, type Change } from "../../support/company";
import {
  object,
  objects,
  strings,
  synthesized,
  synthesizedAlone,
  type SynthesizedStack,
} from "../../support/synthesized";
import { acmeFleet } from "../../support/toy-stacks";

afterAll(removeFolders);

const live = () => synthesized(acmeFleet()).stack("live-network");
const development = () => synthesized(acmeFleet()).stack("development-network");
const changed = (change: Change, id = "live-network") => synthesizedAlone(loadCompany(change), id);

const withNat = (natGateways: string) => changed({ accounts: { live: { capabilities: { natGateways } } } });
const routes = (stack: SynthesizedStack) => stack.resources("aws_route");

describe("NAT gateways", () => {
  const table: [string, number, number][] = [
    ["none", 0, 0],
    ["one", 1, 3],
    ["perZone", 3, 3],
  ];
  it.each(table)("%s: %i of them, %i private routes out", (capability, gateways, ways) => {
    const stack = withNat(capability);

    expect(stack.resources("aws_nat_gateway")).toHaveLength(gateways);
    expect(routes(stack).filter(({ values }) => "nat_gateway_id" in values)).toHaveLength(ways);
  });

  it("perZone: each private subnet goes out through its own zone", () => {
    for (const zone of ["a", "b", "c"]) {
      expect(live().at(`aws_route.network_private_${zone}_internet`)["nat_gateway_id"]).toBe(
        `\${aws_nat_gateway.network_nat_${zone}.id}`,
      );
    }
  });

  it("one: every private subnet goes out through the first zone", () => {
    const gateways = routes(development()).flatMap(({ values }) => values["nat_gateway_id"] ?? []);

    expect(new Set(gateways)).toEqual(new Set(["${aws_nat_gateway.network_nat_a.id}"]));
  });
});

describe("subnets", () => {
  it("are public, private and isolated in each of three zones", () => {
    expect(live().resources("aws_subnet")).toHaveLength(9);
  });

  it("hand out no public address, not even the public ones", () => {
    for (const { values } of live().resources("aws_subnet")) {
      expect(values["map_public_ip_on_launch"]).toBe(false);
    }
  });

  it("that are isolated have no route out", () => {
    const tables = live()
      .resources("aws_route_table_association")
      .filter(({ id }) => id.startsWith("network_isolated"))
      .map(({ values }) => values["route_table_id"]);
    const withRoute = routes(live()).map(({ values }) => values["route_table_id"]);

    expect(tables).toHaveLength(3);
    for (const table of tables) expect(withRoute).not.toContain(table);
  });

  it("that are public go out through the internet gateway", () => {
    expect(live().at("aws_route.network_public_internet")).toMatchObject({
      destination_cidr_block: "0.0.0.0/0",
      gateway_id: "${aws_internet_gateway.network_internet_gateway.id}",
    });
  });

  it("keep their ranges when a zone is added", () => {
    const two = changed({ accounts: { live: { network: { availabilityZones: ["a", "b"] } } } });
    for (const { address, values } of two.resources("aws_subnet")) {
      expect(live().at(address)["cidr_block"]).toBe(values["cidr_block"]);
    }
  });
});

describe("the VPC", () => {
  it("leaves the default security group without a rule", () => {
    const group = live().only("aws_default_security_group");

    expect(group["ingress"] ?? []).toEqual([]);
    expect(group["egress"] ?? []).toEqual([]);
  });

  it("refuses to be destroyed where the environment is protected, and only there", () => {
    const refuses = (stack: SynthesizedStack) =>
      object(stack.only("aws_vpc")["lifecycle"])["prevent_destroy"];

    expect(refuses(live())).toBe(true);
    expect(refuses(development())).toBe(false);
  });

  it("can be destroyed once protection is lifted for its stack", () => {
    const lifted = synthesized(acmeFleet(), { liftProtection: new Set(["live-network"]) });

    expect(object(lifted.stack("live-network").only("aws_vpc")["lifecycle"])["prevent_destroy"]).toBe(false);
    const key = lifted.stack("live-secrets").at("aws_kms_key.data_key");
    expect(object(key["lifecycle"])["prevent_destroy"]).toBe(true);
  });
});

describe("flow logs", () => {
  it("record all traffic", () => {
    expect(live().only("aws_flow_log")).toMatchObject({
      traffic_type: "ALL",
      vpc_id: "${aws_vpc.network_vpc.id}",
    });
  });

  it("are encrypted, and kept as long as audit logs are", () => {
    const group = live().only("aws_cloudwatch_log_group");

    expect(group["kms_key_id"]).toContain("data.aws_ssm_parameter.secrets_keys");
    expect(group["retention_in_days"]).toBe(365);
  });

  it("wait for the permission to write them", () => {
    expect(live().only("aws_flow_log")["depends_on"]).toContain(
      "aws_iam_role_policy.flow_logs_writer_policy",
    );
  });
});

describe("endpoints", () => {
  const gateway = ["com.amazonaws.eu-central-1.s3", "com.amazonaws.eu-central-1.dynamodb"];
  const endpoints = (stack: SynthesizedStack) =>
    stack.resources("aws_vpc_endpoint").map(({ values }) => values);

  it("for S3 and DynamoDB are in every VPC, on the private and isolated routes", () => {
    for (const stack of [live(), development()]) {
      const found = endpoints(stack).filter((values) => values["vpc_endpoint_type"] === "Gateway");

      expect(found.map((values) => values["service_name"]).sort()).toEqual([...gateway].sort());
      for (const values of found) expect(strings(values["route_table_ids"])).toHaveLength(4);
    }
  });

  it("with an address are those of the account's capability", () => {
    const services = endpoints(live())
      .filter((values) => values["vpc_endpoint_type"] === "Interface")
      .map((values) => String(values["service_name"]).replace("com.amazonaws.eu-central-1.", ""));

    expect(services).toEqual(["ecr.api", "ecr.dkr", "kms", "logs", "secretsmanager", "ssm", "sts"]);
  });

  it("let only the account's own principals pass", () => {
    for (const values of endpoints(live())) {
      const [own] = live().statements(values["policy"]);

      expect(objects(own?.["condition"])).toEqual([
        { test: "StringEquals", variable: "aws:PrincipalAccount", values: ["200000000003"] },
      ]);
    }
  });
});

describe("zones", () => {
  it("are public, private and the namespace's, of three names", () => {
    const names = live()
      .resources("aws_route53_zone")
      .map(({ values }) => values["name"]);

    expect([...names, live().only("aws_service_discovery_private_dns_namespace")["name"]]).toEqual([
      "internal.live.acme.example",
      "live.acme.example",
      "services.live.acme.example",
    ]);
  });

  it("are delegated once their name servers are recorded", () => {
    const nameServers = ["ns-1.example.", "ns-2.example."];
    const facts = { live: { publicZone: { name: "live.acme.example", zoneId: "Z1", nameServers } } };
    const parent = changed({ facts }, "shared-services-network");

    expect(parent.resources("aws_route53_record").map(({ values }) => values)).toEqual([
      expect.objectContaining({ name: "live.acme.example", type: "NS", records: nameServers }),
    ]);
  });
});

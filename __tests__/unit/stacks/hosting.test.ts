import { loadCompany, removeFolders } from "../../support/company";
import { object, objects, strings, synthesized, synthesizedAlone } from "../../support/synthesized";
import { acmeFleet } from "../../support/toy-stacks";

afterAll(removeFolders);

const stack = (id: string) => synthesized(acmeFleet()).stack(id);
const live = () => stack("live-hosting");

describe("a load balancer", () => {
  it("that is public stands in the public subnets, open to all on 443 and 80 only", () => {
    expect(live().at("aws_lb.door_public_load_balancer")).toMatchObject({
      internal: false,
      subnets: expect.stringContaining("publicSubnetIds"),
    });
    const open = live()
      .resources("aws_vpc_security_group_ingress_rule")
      .filter(({ values }) => values["cidr_ipv4"] === "0.0.0.0/0");
    expect(open.map(({ id, values }) => [id, values["to_port"]])).toEqual([
      ["door_public_group_http", 80],
      ["door_public_group_https", 443],
    ]);
  });

  it("that is internal stands in the private subnets, open to the VPC", () => {
    expect(live().at("aws_lb.door_internal_load_balancer")).toMatchObject({
      internal: true,
      subnets: expect.stringContaining("privateSubnetIds"),
    });
    expect(live().at("aws_vpc_security_group_ingress_rule.door_internal_group_https")["cidr_ipv4"]).toContain(
      "cidrBlock",
    );
  });

  it.each(["public", "internal"])("%s redirects HTTP to HTTPS", (door) => {
    const [action] = objects(live().at(`aws_lb_listener.door_${door}_http`)["default_action"]);

    expect(action).toMatchObject({
      type: "redirect",
      redirect: { protocol: "HTTPS", port: "443", status_code: "HTTP_301" },
    });
  });

  it.each(["public", "internal"])("%s takes TLS 1.2 and newer", (door) => {
    expect(live().at(`aws_lb_listener.door_${door}_https`)).toMatchObject({
      port: 443,
      protocol: "HTTPS",
      ssl_policy: "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
    });
  });

  it("answers 404 for what no service answers", () => {
    const [action] = objects(live().at("aws_lb_listener.door_public_https")["default_action"]);

    expect(object(action?.["fixed_response"])["status_code"]).toBe("404");
  });

  it("waits for its certificate to be proved", () => {
    expect(live().at("aws_lb_listener.door_public_https")["certificate_arn"]).toBe(
      "${aws_acm_certificate_validation.certificate_public_validation.certificate_arn}",
    );
  });

  it("logs who came, once the bucket lets it", () => {
    const balancer = live().at("aws_lb.door_public_load_balancer");

    expect(balancer["access_logs"]).toEqual({
      bucket: "acme-live-access-logs-200000000003",
      prefix: "live-public",
      enabled: true,
    });
    expect(balancer["depends_on"]).toEqual(["aws_s3_bucket_policy.access_logs_policy"]);
  });

  it("writes its log below its own prefix only", () => {
    const [, deliver] = live().statements(live().only("aws_s3_bucket_policy")["policy"]);

    expect(strings(deliver?.["resources"])).toEqual([
      "${aws_s3_bucket.access_logs_bucket.arn}/live-internal/AWSLogs/200000000003/*",
      "${aws_s3_bucket.access_logs_bucket.arn}/live-public/AWSLogs/200000000003/*",
    ]);
  });

  it("refuses deletion in live, and allows it elsewhere", () => {
    const refuses = (id: string) =>
      stack(id).at("aws_lb.door_public_load_balancer")["enable_deletion_protection"];

    expect(refuses("live-hosting")).toBe(true);
    expect(refuses("development-hosting")).toBe(false);
  });

  it("keeps silent connections as long as its door says", () => {
    const hosting = {
      loadBalancers: {
        public: { scheme: "internet-facing", idleTimeout: 400 },
        internal: { scheme: "internal" },
      },
    };
    const of = synthesizedAlone(loadCompany({ accounts: { live: { hosting } } }), "live-hosting");

    expect(of.at("aws_lb.door_public_load_balancer")["idle_timeout"]).toBe(400);
    expect(of.at("aws_lb.door_internal_load_balancer")["idle_timeout"]).toBe(60);
  });
});

describe("the cluster", () => {
  it("runs on Fargate in live, on Spot where the environment says so", () => {
    const [strategy, ...others] = [stack("live-hosting"), stack("development-hosting")].map(
      (of) => objects(of.only("aws_ecs_cluster_capacity_providers")["default_capacity_provider_strategy"])[0],
    );

    expect(strategy?.["capacity_provider"]).toBe("FARGATE");
    expect(others[0]?.["capacity_provider"]).toBe("FARGATE_SPOT");
  });

  it("logs every shell, encrypted", () => {
    const [configuration] = [object(live().only("aws_ecs_cluster")["configuration"])];
    const shell = object(configuration?.["execute_command_configuration"]);

    expect(shell).toMatchObject({
      logging: "OVERRIDE",
      kms_key_id: expect.stringContaining("dataKeyArn"),
      log_configuration: { cloud_watch_encryption_enabled: true },
    });
  });

  it("watches itself as closely as the environment says", () => {
    expect(live().only("aws_ecs_cluster")["setting"]).toEqual([
      { name: "containerInsights", value: "enhanced" },
    ]);
  });
});

it("hosting without a door is a cluster alone", () => {
  const fleet = loadCompany({
    accounts: { live: { hosting: { loadBalancers: {} } } },
    services: { orders: { accounts: ["development"] } },
  });
  const of = synthesizedAlone(fleet, "live-hosting");

  expect(of.resources("aws_lb")).toEqual([]);
  expect(of.resources("aws_ecs_cluster")).toHaveLength(1);
});

import { loadCompany, removeFolders, temporaryFolder } from "../../support/company";
import { object, objects, synthesizedAlone } from "../../support/synthesized";
import { violationsOf } from "../../support/violations";
import { buildPlatform } from "../../../stacks/graph";

afterAll(removeFolders);

const broker = (entry: object = {}, more: object = {}) => ({
  name: "broker",
  owner: "team@acme.example",
  containerPort: 8080,
  accounts: ["live"],
  loadBalancers: [{ nlb: "mqtt", host: "mqtt", listenerPort: 8883, containerPort: 1883, ...entry }],
  ...more,
});
const HOSTING = {
  loadBalancers: {
    public: { scheme: "internet-facing" },
    internal: { scheme: "internal" },
    mqtt: { type: "network", scheme: "internet-facing" },
    syslog: { type: "network", scheme: "internal" },
  },
};
const company = (services: object, account: object = {}) =>
  loadCompany({ accounts: { live: { hosting: HOSTING, ...account } }, services: { ...services } });
const stack = (entry?: object, more?: object) =>
  synthesizedAlone(company({ broker: broker(entry, more) }), "live-service-broker");

describe("a Network Load Balancer", () => {
  const hosting = () => synthesizedAlone(company({}), "live-hosting");

  it("stands where its scheme says, over zones, with a group and a log", () => {
    expect(hosting().at("aws_lb.door_mqtt_load_balancer")).toMatchObject({
      load_balancer_type: "network",
      internal: false,
      subnets: expect.stringContaining("publicSubnetIds"),
      security_groups: ["${aws_security_group.door_mqtt_group.id}"],
      enable_cross_zone_load_balancing: true,
      enable_deletion_protection: true,
      access_logs: { prefix: "live-mqtt", enabled: true },
    });
    expect(hosting().at("aws_lb.door_syslog_load_balancer")["internal"]).toBe(true);
  });

  it("may write its log, by the service that delivers it", () => {
    const statements = hosting().statements(hosting().only("aws_s3_bucket_policy")["policy"]);
    const deliver = statements.find(({ sid }) => sid === "NetworkLoadBalancersDeliver");

    expect(JSON.stringify(deliver?.["resources"])).toContain("/live-mqtt/AWSLogs/200000000003/*");
    expect(JSON.stringify(deliver?.["condition"])).toContain("aws:SourceAccount");
  });

  it("has no firewall of the web, no listener of its own, and no wildcard", () => {
    const targets = hosting().resources("aws_wafv2_web_acl_association");
    const wildcards = hosting()
      .resources("aws_route53_record")
      .map(({ id }) => id);

    expect(targets).toHaveLength(1);
    expect(wildcards).toContain("names_public");
    expect(hosting().resources("aws_lb_listener")).toHaveLength(4);
  });
});

describe("a port of a Network Load Balancer", () => {
  it("ends TLS by the zone's certificate and leads to a port of the container", () => {
    const of = stack();

    expect(of.only("aws_lb_listener")).toMatchObject({
      port: 8883,
      protocol: "TLS",
      ssl_policy: "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
      certificate_arn: expect.stringContaining("certificateArn"),
    });
    expect(of.only("aws_lb_target_group")).toMatchObject({
      name: "broker--mqtt-8883",
      protocol: "TCP",
      target_type: "ip",
      preserve_client_ip: "false",
      health_check: { protocol: "TCP", port: "traffic-port" },
    });
    expect(objects(of.only("aws_ecs_service")["load_balancer"])).toMatchObject([{ container_port: 1883 }]);
    expect(of.containers()[0]?.["portMappings"]).toEqual([
      { containerPort: 8080, hostPort: 8080, protocol: "tcp" },
      { containerPort: 1883, hostPort: 1883, protocol: "tcp" },
    ]);
    expect(of.only("aws_ecs_service")["depends_on"]).toEqual(
      expect.arrayContaining(["aws_lb_listener.door_mqtt_8883_listener"]),
    );
  });

  it("is open to its clients only, and the tasks to the load balancer", () => {
    const rules = (entry?: object) =>
      Object.fromEntries(
        stack(entry)
          .resources("aws_vpc_security_group_ingress_rule")
          .map(({ id, values }) => [id, values]),
      );

    expect(rules()["door_mqtt_8883_clients"]).toMatchObject({ cidr_ipv4: "0.0.0.0/0", from_port: 8883 });
    expect(rules()["door_mqtt_8883_ingress"]).toMatchObject({
      from_port: 1883,
      referenced_security_group_id: expect.stringContaining("network_load_balancer_mqtt"),
    });
    expect(rules({ nlb: "syslog" })["door_syslog_8883_clients"]?.["cidr_ipv4"]).toContain("cidrBlock");
    const ranges = rules({ clients: ["203.0.113.0/24", "198.51.100.0/24"] });
    expect(ranges["door_mqtt_8883_clients_2"]?.["cidr_ipv4"]).toBe("198.51.100.0/24");
  });

  it("has a name, and an alarm when nobody healthy is behind it", () => {
    expect(stack().only("aws_route53_record")).toMatchObject({
      name: "mqtt.live.acme.example",
      alias: { name: expect.stringContaining("network_load_balancer_mqtt") },
    });
    expect(stack().at("aws_cloudwatch_metric_alarm.door_mqtt_8883_unhealthy")["alarm_description"]).toBe(
      "broker has unhealthy targets behind port 8883 of mqtt",
    );
  });

  it("keeps its target group when the container's port changes, and its listener when the protocol does", () => {
    const group = (entry: object) => stack(entry).only("aws_lb_target_group");
    const [before, after] = [group({}), group({ containerPort: 1884 })];

    expect([after["name"], after["port"]]).toEqual([before["name"], before["port"]]);
    expect(before["lifecycle"]).toEqual({ create_before_destroy: true });
    expect(group({ nlb: "syslog", protocol: "UDP" })["name"]).toBe("broker--syslog-8883u");
  });

  it("takes UDP, which is checked by TCP and always shows the client", () => {
    const of = stack({ nlb: "syslog", protocol: "UDP", listenerPort: 514, containerPort: 5514 });

    expect(of.only("aws_lb_target_group")).toMatchObject({
      protocol: "UDP",
      preserve_client_ip: "true",
      health_check: { protocol: "TCP", port: "8080" },
    });
    expect(of.containers()[0]?.["portMappings"]).toContainEqual({
      containerPort: 5514,
      hostPort: 5514,
      protocol: "udp",
    });
    expect(
      of
        .resources("aws_vpc_security_group_ingress_rule")
        .filter(({ id }) => id.startsWith("door_syslog_514"))
        .map(({ values }) => [values["ip_protocol"], values["from_port"]]),
    ).toEqual([
      ["udp", 514],
      ["tcp", 8080],
      ["udp", 5514],
    ]);
  });

  it("may ask for HTTP whether the task is well", () =>
    expect(object(stack({ healthCheck: "HTTP" }).only("aws_lb_target_group")["health_check"])).toMatchObject({
      protocol: "HTTP",
      port: "8080",
      path: "/health",
    }));

  it("stands beside hosts of Application Load Balancers", () => {
    const of = stack(
      {},
      {
        loadBalancers: [
          { alb: "internal", host: "broker" },
          { nlb: "mqtt", host: "mqtt", listenerPort: 8883 },
        ],
      },
    );
    expect(objects(of.only("aws_ecs_service")["load_balancer"])).toHaveLength(2);
  });

  it("in clear needs a waiver", () =>
    expect(() =>
      buildPlatform(company({ broker: broker({ nlb: "syslog", protocol: "TCP" }) }), {
        outdir: temporaryFolder(),
      }),
    ).toThrow(/live-service-broker\/aws_lb_listener\.door_syslog_8883_listener\n.*listener-tls/));

  it("that ends TLS needs none, although everybody reaches it", () =>
    expect(() => buildPlatform(company({ broker: broker() }), { outdir: temporaryFolder() })).not.toThrow());
});

describe("refused is", () => {
  const only = (services: object, account?: object) => {
    const [violation, ...others] = violationsOf(() => company(services, account));
    expect(others).toEqual([]);
    return violation;
  };

  it("a port that another service has", () =>
    expect(only({ broker: broker(), second: { ...broker(), name: "second" } })).toMatchObject({
      path: "loadBalancers[0].listenerPort (in live)",
      given: 8883,
      allowed: expect.stringContaining("broker.json has this one"),
    }));

  it("a load balancer of the other type", () => {
    expect(only({ broker: broker({ nlb: "public" }) })).toMatchObject({
      path: "loadBalancers[0].nlb (in live)",
      allowed: "a Network Load Balancer of live: mqtt, syslog",
    });
    expect(only({ broker: broker({}, { loadBalancers: [{ alb: "mqtt", host: "mqtt" }] }) })).toMatchObject({
      path: "loadBalancers[0].alb (in live)",
      allowed: "an Application Load Balancer of live: public, internal",
    });
  });

  it("a host that leads to another load balancer", () =>
    expect(only({ broker: broker({ host: "orders" }) })).toMatchObject({
      path: "loadBalancers[0].host (in live)",
      allowed: "a host that leads to mqtt alone; it leads to public",
    }));

  it("deployments that move traffic between rules", () =>
    expect(
      violationsOf(() =>
        company({ broker: broker({}, { deploymentConfiguration: { strategy: "CANARY" } }) }),
      ).map(({ given }) => given),
    ).toContain("a port of a Network Load Balancer with CANARY"));

  it("a worker behind a port", () =>
    expect(
      violationsOf(() => company({ broker: broker({}, { kind: "worker", containerPort: undefined }) }))[0],
    ).toMatchObject({ path: "loadBalancers (in live)", given: ["mqtt"] }));

  it("an entry with alb after one with nlb", () =>
    expect(
      only({
        broker: broker(
          {},
          {
            loadBalancers: [
              { nlb: "mqtt", host: "mqtt", listenerPort: 8883 },
              { alb: "internal", host: "broker" },
            ],
          },
        ),
      }),
    ).toMatchObject({ path: "loadBalancers[0]", mend: "move loadBalancers[1] before it" }));

  it("a field that is none, told by the form that was meant", () => {
    expect(violationsOf(() => company({ broker: broker({ listnerPort: 1 }) }))[0]).toMatchObject({
      path: "loadBalancers[0].listnerPort",
      mend: "write listenerPort",
    });
    expect(
      violationsOf(() =>
        company({ broker: broker({}, { loadBalancers: [{ alb: "public", hst: "x", host: "y" }] }) }),
      )[0],
    ).toMatchObject({ path: "loadBalancers[0].hst", mend: "write host" });
    expect(violationsOf(() => company({ broker: broker({ listenerPort: 70000 }) }))[0]).toMatchObject({
      path: "loadBalancers[0].listenerPort",
      given: 70000,
      allowed: "at most 65535",
    });
  });

  it("more than the load balancer's security group holds", () => {
    const clients = Array.from({ length: 4 }, (_, index) => `203.0.${index}.0/24`);

    expect(only({ broker: broker({ clients }) }, { quotas: { securityGroupRules: 3 } })).toMatchObject({
      given: "4 rules of mqtt's security group",
      mend: expect.stringContaining("quotas.securityGroupRules"),
    });
  });
});

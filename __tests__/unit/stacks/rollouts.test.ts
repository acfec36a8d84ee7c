import { loadCompany, removeFolders, type Change } from "../../support/company";
import { object, objects, strings, synthesized, synthesizedAlone } from "../../support/synthesized";
import { acmeFleet } from "../../support/toy-stacks";

afterAll(removeFolders);

const deployed = (deploymentConfiguration: object, more: object = {}, id = "live-service-orders") => {
  const change: Change = { services: { orders: { deploymentConfiguration, ...more } } };
  return synthesizedAlone(loadCompany(change), id);
};
const blueGreen = deployed({ strategy: "BLUE_GREEN" });
const serviceOf = (of = blueGreen) => of.only("aws_ecs_service");
const ignored = (values: Readonly<Record<string, unknown>>) =>
  strings(object(object(values as never)["lifecycle"] ?? {})["ignore_changes"] ?? []);

describe("a rolling deployment", () => {
  const rolling = () => synthesized(acmeFleet()).stack("live-service-orders").only("aws_ecs_service");

  it("rolls back by itself: when tasks do not come up, and in live when alarms go off", () => {
    expect(rolling()["deployment_circuit_breaker"]).toEqual({ enable: true, rollback: true });
    expect(object(rolling()["alarms"])).toMatchObject({ enable: true, rollback: true });
    const quiet = synthesized(acmeFleet()).stack("development-service-orders").only("aws_ecs_service");
    expect(quiet["deployment_circuit_breaker"]).toEqual({ enable: true, rollback: true });
    expect(quiet["alarms"]).toEqual({ alarm_names: [], enable: false, rollback: false });
  });

  it("is Terraform's alone but for the number of tasks", () => {
    expect(ignored(rolling())).toEqual(["desired_count"]);
    expect(rolling()["deployment_configuration"]).toBeUndefined();
  });
});

describe("a rolling service that is prepared to move its traffic", () => {
  const prepared = deployed({ prepared: true });

  it("is told of both target groups and its strategy, and of every change to them", () => {
    const service = prepared.only("aws_ecs_service");
    expect(service["load_balancer"]).toEqual(serviceOf()["load_balancer"]);
    expect(ignored(service)).toEqual(["desired_count"]);
    expect(service["deployment_configuration"]).toEqual({ strategy: "ROLLING" });
    expect(service["deployment_circuit_breaker"]).toEqual({ enable: true, rollback: true });
  });

  it("has around it all that moving traffic needs, so that then only the strategy changes", () => {
    const rule = "aws_lb_listener_rule.door_public_rule_orders";
    expect(prepared.at(rule)).toEqual(blueGreen.at(rule));
    for (const address of [
      "aws_lb_target_group.door_public_target_group_alternate",
      "aws_lb_target_group.door_internal_target_group",
      "aws_iam_role.rollout_role",
    ])
      expect(prepared.at(address)).toEqual(blueGreen.at(address));
  });
});

describe("a blue/green deployment", () => {
  it("has two target groups a door that are alike, and both in the door's one rule", () => {
    const { name, "//": _first, ...first } = blueGreen.at("aws_lb_target_group.door_public_target_group");
    const {
      name: other,
      "//": _second,
      ...second
    } = blueGreen.at("aws_lb_target_group.door_public_target_group_alternate");

    expect([name, other]).toEqual(["orders--public", "orders--public--b"]);
    expect(second).toEqual(first);
    const rule = blueGreen.at("aws_lb_listener_rule.door_public_rule_orders");
    expect(rule["action"]).toEqual([
      {
        type: "forward",
        forward: {
          target_group: [
            { arn: "${aws_lb_target_group.door_public_target_group.arn}", weight: 100 },
            { arn: "${aws_lb_target_group.door_public_target_group_alternate.arn}", weight: 0 },
          ],
        },
      },
    ]);
  });

  it("leaves to ECS what it writes, and no more: the rule's weights, the service's target groups", () => {
    expect(ignored(blueGreen.at("aws_lb_listener_rule.door_public_rule_orders"))).toEqual([
      "action[0].forward[0].target_group",
    ]);
    expect(ignored(serviceOf())).toEqual(["desired_count", "load_balancer"]);
  });

  it("tells ECS both target groups, the rule and the role", () => {
    const [first, second, ...others] = objects(serviceOf()["load_balancer"]);

    expect(others).toEqual([]);
    expect(first).toEqual({
      container_name: "orders",
      container_port: 8080,
      target_group_arn: "${aws_lb_target_group.door_public_target_group.arn}",
      advanced_configuration: {
        alternate_target_group_arn: "${aws_lb_target_group.door_public_target_group_alternate.arn}",
        production_listener_rule: "${aws_lb_listener_rule.door_public_rule_orders.arn}",
        role_arn: "${aws_iam_role.rollout_role.arn}",
      },
    });
    expect(second?.["target_group_arn"]).toBe("${aws_lb_target_group.door_internal_target_group.arn}");
  });

  it("has alarms in place of a circuit breaker, which AWS has for rolling deployments only", () => {
    expect(serviceOf()["deployment_circuit_breaker"]).toEqual({ enable: false, rollback: false });
    expect(serviceOf()["deployment_minimum_healthy_percent"]).toBeUndefined();
    expect(strings(object(serviceOf()["alarms"])["alarm_names"])).toEqual(
      expect.arrayContaining(["live-orders-public-http-5xx", "live-orders-public-alternate-http-5xx"]),
    );
  });

  it.each(["http_5xx", "latency", "unhealthy"])("watches each of two versions for itself: %s", (name) => {
    const group = (side: string) =>
      JSON.stringify(blueGreen.at(`aws_cloudwatch_metric_alarm.alarms_public${side}_${name}`));

    expect(group("")).toContain("door_public_target_group.arn_suffix");
    expect(group("_alternate")).toContain("door_public_target_group_alternate.arn_suffix");
  });

  it("moves its own traffic only: the role reaches its rules and target groups, and no listener", () => {
    const role = blueGreen.at("aws_iam_role.rollout_role");
    const statements = blueGreen.statements(blueGreen.at("aws_iam_role_policy.rollout_policy")["policy"]);
    const [trust] = blueGreen.statements(role["assume_role_policy"]);

    expect(role).toMatchObject({ name: "live-orders-rollout", path: "/slipway/" });
    expect(JSON.stringify(trust)).toContain("ecs.amazonaws.com");
    const changing = statements.filter((each) => !JSON.stringify(each["actions"]).includes("Describe"));
    expect(changing.map(({ actions }) => actions)).toEqual([
      ["elasticloadbalancing:ModifyRule"],
      ["elasticloadbalancing:DeregisterTargets", "elasticloadbalancing:RegisterTargets"],
    ]);
    expect(changing.flatMap(({ resources }) => strings(resources)).sort()).toEqual([
      "${aws_lb_listener_rule.door_internal_rule_orders.arn}",
      "${aws_lb_listener_rule.door_public_rule_orders.arn}",
      "${aws_lb_target_group.door_internal_target_group.arn}",
      "${aws_lb_target_group.door_internal_target_group_alternate.arn}",
      "${aws_lb_target_group.door_public_target_group.arn}",
      "${aws_lb_target_group.door_public_target_group_alternate.arn}",
    ]);
    expect(strings(serviceOf()["depends_on"])).toContain("aws_iam_role_policy.rollout_policy");
  });
});

describe("the strategies, as AWS takes them", () => {
  const table: [string, object, object][] = [
    ["blue/green, with its default", { strategy: "BLUE_GREEN" }, { bake_time_in_minutes: "5" }],
    ["blue/green", { strategy: "BLUE_GREEN", bakeTimeInMinutes: 0 }, { bake_time_in_minutes: "0" }],
    [
      "canary, with AWS's steps",
      { strategy: "CANARY" },
      {
        bake_time_in_minutes: "5",
        canary_configuration: { canary_percent: 5, canary_bake_time_in_minutes: "10" },
      },
    ],
    [
      "canary",
      { strategy: "CANARY", canaryConfiguration: { canaryPercent: 0.3, canaryBakeTimeInMinutes: 1 } },
      {
        bake_time_in_minutes: "5",
        canary_configuration: { canary_percent: 0.3, canary_bake_time_in_minutes: "1" },
      },
    ],
    [
      "linear",
      { strategy: "LINEAR", linearConfiguration: { stepPercent: 25 } },
      {
        bake_time_in_minutes: "5",
        linear_configuration: { step_percent: 25, step_bake_time_in_minutes: "6" },
      },
    ],
  ];
  it.each(table)("%s", (_name, given, expected) => {
    const { strategy } = given as { strategy: string };

    expect(serviceOf(deployed(given))["deployment_configuration"]).toEqual({ strategy, ...expected });
  });

  it("may differ between accounts", () => {
    const overrides = { development: { deploymentConfiguration: { strategy: "ROLLING" } } };
    const given = { strategy: "CANARY", canaryConfiguration: { canaryPercent: 10 } };

    const there = serviceOf(deployed(given, { overrides }, "development-service-orders"));
    expect(there["deployment_configuration"]).toBeUndefined();
    expect(there["deployment_circuit_breaker"]).toEqual({ enable: true, rollback: true });
  });
});

describe("a deployment by CodeDeploy", () => {
  const one = { loadBalancers: [{ alb: "public", host: "orders" }] };
  const byCodeDeploy = deployed({ controller: "CODE_DEPLOY", strategy: "BLUE_GREEN" }, one);
  const group = (of = byCodeDeploy) => of.only("aws_codedeploy_deployment_group");

  it("is another writer of the service: what it writes, Terraform leaves alone", () => {
    const service = serviceOf(byCodeDeploy);

    expect(service["deployment_controller"]).toEqual({ type: "CODE_DEPLOY" });
    expect(ignored(service)).toEqual([
      "capacity_provider_strategy",
      "desired_count",
      "load_balancer",
      "network_configuration",
      "task_definition",
    ]);
    expect(ignored(byCodeDeploy.at("aws_lb_listener_rule.door_public_rule_orders"))).toEqual(["action"]);
  });

  it.each(["deployment_circuit_breaker", "alarms", "deployment_configuration", "force_new_deployment"])(
    "has no %s: AWS refuses it beside CodeDeploy",
    (argument) => {
      expect(serviceOf(byCodeDeploy)[argument]).toBeUndefined();
    },
  );

  it("has an application with one group: both target groups, the listener, the service", () => {
    expect(byCodeDeploy.only("aws_codedeploy_app")).toMatchObject({
      name: "live-orders",
      compute_platform: "ECS",
    });
    expect(group()).toMatchObject({
      deployment_group_name: "live-orders",
      deployment_config_name: "CodeDeployDefault.ECSAllAtOnce",
      ecs_service: { cluster_name: "live-cluster", service_name: "${aws_ecs_service.tasks_service.name}" },
      deployment_style: { deployment_type: "BLUE_GREEN", deployment_option: "WITH_TRAFFIC_CONTROL" },
    });
    expect(object(object(group()["load_balancer_info"])["target_group_pair_info"])["target_group"]).toEqual([
      { name: "${aws_lb_target_group.door_public_target_group.name}" },
      { name: "${aws_lb_target_group.door_public_target_group_alternate.name}" },
    ]);
  });

  it("goes back by itself: when it fails, and in live when the service's alarms go off", () => {
    expect(group()["auto_rollback_configuration"]).toEqual({
      enabled: true,
      events: ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM"],
    });
    expect(strings(object(group()["alarm_configuration"])["alarms"])).toEqual([
      "live-orders-public-alternate-http-5xx",
      "live-orders-public-alternate-latency",
      "live-orders-public-http-5xx",
      "live-orders-public-latency",
    ]);
  });

  const steps: [string, object, object][] = [
    [
      "live-orders-canary-5-percent-10-minutes",
      { strategy: "CANARY" },
      { type: "TimeBasedCanary", time_based_canary: { percentage: 5, interval: 10 } },
    ],
    [
      "live-orders-linear-20-percent-1-minutes",
      { strategy: "LINEAR", linearConfiguration: { stepPercent: 20, stepBakeTimeInMinutes: 1 } },
      { type: "TimeBasedLinear", time_based_linear: { percentage: 20, interval: 1 } },
    ],
  ];
  it.each(steps)("moves traffic in steps by a configuration of its own: %s", (name, given, routing) => {
    const stack = deployed({ controller: "CODE_DEPLOY", ...given }, one);

    expect(stack.only("aws_codedeploy_deployment_config")).toMatchObject({
      deployment_config_name: name,
      compute_platform: "ECS",
      traffic_routing_config: routing,
    });
    expect(group(stack)["deployment_config_name"]).toMatch(/code_deploy_configuration/);
  });

  it("finds what it would start in a parameter: a deployment takes it as it is", () => {
    const parameter = byCodeDeploy.at("aws_ssm_parameter.code_deploy_app_spec");

    expect(parameter["name"]).toBe("/slipway/live/release/orders/app-spec");
    expect(parameter["insecure_value"]).toContain(
      '"TaskDefinition" = aws_ecs_task_definition.tasks_task_definition.arn',
    );
    expect(parameter["insecure_value"]).toContain('"ContainerName" = "orders"');
  });

  it("may replace this service's tasks and no other's", () => {
    const statements = byCodeDeploy.statements(
      byCodeDeploy.at("aws_iam_role_policy.rollout_policy")["policy"],
    );
    const of = (sid: string) => statements.find((each) => each["sid"] === sid);

    expect(of("ReplaceTasks")?.["resources"]).toEqual([
      "arn:aws:ecs:eu-central-1:200000000003:service/live-cluster/orders",
      "arn:aws:ecs:eu-central-1:200000000003:task-set/live-cluster/orders/*",
    ]);
    expect(of("StartTasks")?.["resources"]).toEqual([
      "${aws_iam_role.roles_execution_role.arn}",
      "${aws_iam_role.roles_task_role.arn}",
    ]);
    expect(of("RegisterTasks")).toBeUndefined();
  });
});

describe("a load balancer with a listener for tests", () => {
  const hosting = {
    loadBalancers: {
      public: { scheme: "internet-facing", testListener: { cidrBlocks: ["203.0.113.0/24"] } },
      internal: { scheme: "internal" },
    },
  };
  const change = (deploymentConfiguration: object): Change => ({
    accounts: { live: { hosting } },
    services: { orders: { deploymentConfiguration } },
  });
  const stack = (id: string, configuration: object) =>
    synthesizedAlone(loadCompany(change(configuration)), id);

  it("has a second HTTPS port, for those who test", () => {
    const there = stack("live-hosting", {});

    expect(there.at("aws_lb_listener.door_public_test_listener")).toMatchObject({
      port: 8443,
      protocol: "HTTPS",
    });
    expect(
      there.at("aws_vpc_security_group_ingress_rule.door_public_test_from_203_0_113_0_24"),
    ).toMatchObject({ from_port: 8443, to_port: 8443, cidr_ipv4: "203.0.113.0/24" });
  });

  it("shows a new version before it has traffic, by the same rule, whose weights are ECS's", () => {
    const orders = stack("live-service-orders", { strategy: "BLUE_GREEN" });
    const rule = orders.at("aws_lb_listener_rule.door_public_test_rule_orders");
    const production = orders.at("aws_lb_listener_rule.door_public_rule_orders");

    expect([rule["priority"], rule["condition"]]).toEqual([production["priority"], production["condition"]]);
    expect(rule["listener_arn"]).toContain("hosting_test_listener_public");
    expect(ignored(rule)).toEqual(["action[0].forward[0].target_group"]);
    const [balancer] = objects(serviceOf(orders)["load_balancer"]);
    expect(object(balancer?.["advanced_configuration"])["test_listener_rule"]).toBe(
      "${aws_lb_listener_rule.door_public_test_rule_orders.arn}",
    );
  });

  it("has nothing of a rolling service", () => {
    const rules = stack("live-service-orders", {}).resources("aws_lb_listener_rule");

    expect(rules.map(({ id }) => id).filter((id) => id.includes("test"))).toEqual([]);
  });
});

import { loadCompany, removeFolders, type Change } from "../../support/company";
import {
  object,
  objects,
  strings,
  synthesized,
  synthesizedAlone,
  type JsonObject,
} from "../../support/synthesized";
import { acmeFleet } from "../../support/toy-stacks";

afterAll(removeFolders);

const stack = (id: string) => synthesized(acmeFleet()).stack(id);
const orders = () => stack("live-service-orders");
const mailer = () => stack("live-service-mailer");
const changed = (values: Record<string, unknown>, id = "live-service-orders") => {
  const change: Change = { services: { orders: values } };
  return synthesizedAlone(loadCompany(change), id);
};

/** The container of a service's task definition. */
function container(of = orders()): JsonObject {
  const [only] = of.containers();
  if (only === undefined) throw new Error("A task without container");
  return only;
}

describe("the ECS service waits for", () => {
  const waits = (of = orders()) => strings(of.only("aws_ecs_service")["depends_on"]);

  it("its execution role's policy: the first task would lack permission", () => {
    expect(waits()).toContain("aws_iam_role_policy.roles_execution_policy");
  });

  it("its task role's policy, where it has one", () => {
    const statement = { sid: "Read", actions: ["s3:GetObject"], resources: ["arn:aws:s3:::data/*"] };

    expect(waits(changed({ taskRoleStatements: [statement] }))).toContain(
      "aws_iam_role_policy.roles_task_policy",
    );
  });

  it("the listener rules of both doors: ECS refuses a target group without a load balancer", () => {
    expect(waits()).toEqual(
      expect.arrayContaining([
        "aws_lb_listener_rule.door_public_rule_orders",
        "aws_lb_listener_rule.door_internal_rule_orders",
      ]),
    );
  });

  it("the alarms it rolls back on", () => {
    const { alarm_names: names } = object(orders().only("aws_ecs_service")["alarms"]);

    expect(names).toContain("live-orders-public-http-5xx");
    expect(waits()).toContain("aws_cloudwatch_metric_alarm.alarms_public_http_5xx");
  });
});

describe("a service behind two doors", () => {
  it("has a target group on each", () => {
    const groups = objects(orders().only("aws_ecs_service")["load_balancer"]).map(
      (entry) => entry["target_group_arn"],
    );

    expect(groups).toEqual([
      "${aws_lb_target_group.door_public_target_group.arn}",
      "${aws_lb_target_group.door_internal_target_group.arn}",
    ]);
  });

  const table: [string, string][] = [
    ["public", "orders.live.acme.example"],
    ["internal", "orders.internal.live.acme.example"],
  ];
  it.each(table)("answers at the %s one as %s", (door, host) => {
    const [condition] = objects(orders().at(`aws_lb_listener_rule.door_${door}_rule_orders`)["condition"]);

    expect(object(condition?.["host_header"])["values"]).toEqual([host]);
  });

  it("lets in each load balancer by its security group, on the container's port", () => {
    for (const door of ["public", "internal"]) {
      expect(orders().at(`aws_vpc_security_group_ingress_rule.door_${door}_ingress`)).toMatchObject({
        from_port: 8080,
        to_port: 8080,
        referenced_security_group_id: expect.stringContaining(`hosting_load_balancer_${door}`),
      });
    }
  });

  it("keeps its target groups when its port changes, since a change replaces them", () => {
    const port = (of = orders()) => of.at("aws_lb_target_group.door_public_target_group")["port"];

    expect(port(changed({ containerPort: 9999 }))).toBe(port());
  });
});

describe("a path of a host", () => {
  it("is a condition beside the host, with the priority of the ledger", () => {
    const fleet = loadCompany({
      services: { orders: { loadBalancers: [{ alb: "public", host: "shop", path: "/api/*" }] } },
      files: { "ledgers/doors/live": "rule public shop /api/* 1 1234 orders\n" },
    });
    const rule = synthesizedAlone(fleet, "live-service-orders").only("aws_lb_listener_rule");

    expect(rule["priority"]).toBe(1234);
    expect(objects(rule["condition"]).map((condition) => Object.keys(condition))).toEqual([
      ["host_header"],
      ["path_pattern"],
    ]);
  });
});

describe("a worker", () => {
  it("stands behind no load balancer", () => {
    expect(mailer().only("aws_ecs_service")["load_balancer"] ?? []).toEqual([]);
    expect(mailer().resources("aws_lb_target_group")).toEqual([]);
    expect(mailer().resources("aws_lb_listener_rule")).toEqual([]);
  });

  it("lets nobody in", () => {
    expect(mailer().resources("aws_vpc_security_group_ingress_rule")).toEqual([]);
  });

  it("is found by nobody", () => {
    expect(mailer().resources("aws_service_discovery_service")).toEqual([]);
  });

  it("reads no contract that it has no use for", () => {
    const read = mailer()
      .dataSources("aws_ssm_parameter")
      .map(({ values }) => values["name"]);

    expect(read).not.toContain("/slipway/live/network/zones");
    expect(read).not.toContain("/slipway/live/hosting/load-balancer-public");
  });
});

describe("a service that holds WebSocket connections", () => {
  const gateway = () =>
    changed({
      loadBalancers: [{ alb: "public", host: "stations", stickiness: { cookieDuration: 86_400 } }],
      deregistrationDelay: 900,
      stopTimeout: 120,
    });

  it("keeps a client with its task", () => {
    expect(gateway().only("aws_lb_target_group")["stickiness"]).toEqual({
      type: "lb_cookie",
      enabled: true,
      cookie_duration: 86_400,
    });
  });

  it("lets a leaving task finish its connections slowly", () => {
    expect(gateway().only("aws_lb_target_group")["deregistration_delay"]).toBe("900");
    expect(container(gateway())["stopTimeout"]).toBe(120);
  });
});

describe("a deployment", () => {
  it("stops and rolls back when its tasks do not start", () => {
    expect(orders().only("aws_ecs_service")["deployment_circuit_breaker"]).toEqual({
      enable: true,
      rollback: true,
    });
  });

  it("never goes below full strength", () => {
    expect(orders().only("aws_ecs_service")).toMatchObject({
      deployment_minimum_healthy_percent: 100,
      deployment_maximum_percent: 200,
    });
  });

  it("rolls back on alarms where the environment says so, and only there", () => {
    expect(object(orders().only("aws_ecs_service")["alarms"])["rollback"]).toBe(true);
    const there = object(stack("development-service-orders").only("aws_ecs_service")["alarms"]);
    // Said rather than left out: ECS keeps watching the alarms that it was once told.
    expect(there).toEqual({ alarm_names: [], enable: false, rollback: false });
  });

  it("leaves old task definitions for a rollback", () => {
    expect(orders().only("aws_ecs_task_definition")["skip_destroy"]).toBe(true);
  });
});

describe("the release", () => {
  it("is written by deployments: Terraform ignores its value", () => {
    expect(object(orders().only("aws_ssm_parameter")["lifecycle"])["ignore_changes"]).toEqual([
      "insecure_value",
      "value",
    ]);
  });

  it("decides the image by its digest, in the registry's account", () => {
    const digest = "aws_ssm_parameter.release_parameter.insecure_value";

    expect(container()["image"]).toBe(
      "200000000002.dkr.ecr.eu-central-1.amazonaws.com/orders" +
        `\${(${digest} != "none") ? "@\${${digest}}" : ":none"}`,
    );
  });

  it("is needed before a task starts, and so is a value in every secret", () => {
    const locals = object(orders().json["locals"]);

    expect(locals["readiness_ready"]).toContain('insecure_value != "none"');
    expect(locals["readiness_ready"]).toContain("length(local.readiness_secrets_without_value) < 1");
    expect(locals["readiness_secrets_without_value"]).toContain("orders/database");
    expect(orders().only("aws_ecs_service")["desired_count"]).toBe("${local.readiness_ready ? 2 : 0}");
  });

  it("is missed aloud: a plan says which secrets have no value", () => {
    const [assertion] = objects(object(object(orders().json["check"])["readiness_secrets"])["assert"]);

    expect(assertion?.["error_message"]).toContain("Tasks stay at zero");
  });
});

describe("scaling", () => {
  const target = (id: string) => stack(id).only("aws_appautoscaling_target");

  it("owns the number of tasks: Terraform ignores it", () => {
    expect(object(orders().only("aws_ecs_service")["lifecycle"])["ignore_changes"]).toEqual([
      "desired_count",
    ]);
  });

  it("keeps its limits from Terraform's hands exactly where a schedule writes them", () => {
    expect(object(target("development-service-orders")["lifecycle"])["ignore_changes"]).toEqual([
      "min_capacity",
      "max_capacity",
    ]);
    expect(target("live-service-orders")["lifecycle"]).toBeUndefined();
  });

  it("goes to zero at night and back in the morning, in the environment's time zone", () => {
    const actions = stack("development-service-orders").resources("aws_appautoscaling_scheduled_action");
    const said = actions.map(({ values }) => [
      values["schedule"],
      values["timezone"],
      object(values["scalable_target_action"])["min_capacity"],
    ]);

    expect(said).toEqual([
      ["cron(0 20 ? * MON,TUE,WED,THU,FRI *)", "Europe/Berlin", "0"],
      ["cron(0 7 ? * MON,TUE,WED,THU,FRI *)", "Europe/Berlin", "1"],
    ]);
  });

  it("has no schedule where the environment never sleeps", () => {
    expect(orders().resources("aws_appautoscaling_scheduled_action")).toEqual([]);
  });

  it("on requests counts each door apart", () => {
    const policies = changed({ autoScaling: { requestsPerTarget: 500 } })
      .resources("aws_appautoscaling_policy")
      .map(({ id }) => id);

    expect(policies).toEqual(["scaling_cpu", "scaling_requests_internal", "scaling_requests_public"]);
  });

  it("waits for the first release: a minimum would start tasks without image", () => {
    for (const { values } of orders().resources("aws_appautoscaling_policy")) {
      expect(values["count"]).toBe("${local.readiness_ready ? 1 : 0}");
    }
    expect(target("live-service-orders")["count"]).toBe("${local.readiness_ready ? 1 : 0}");
  });
});

describe("the execution role", () => {
  const statements = (of = orders()) =>
    of.statements(of.at("aws_iam_role_policy.roles_execution_policy")["policy"]);
  const reading = (action: string, of = orders()) =>
    statements(of)
      .filter((statement) => strings(statement["actions"]).includes(action))
      .flatMap((statement) => strings(statement["resources"]));

  it("reads exactly the service's secret, by its full ARN", () => {
    expect(reading("secretsmanager:GetSecretValue")).toEqual([
      "${jsondecode(data.aws_ssm_parameter.secrets_secret_orders_database.insecure_value).arn}",
    ]);
    expect(reading("ssm:GetParameters")).toEqual([]);
  });

  it("reads exactly the service's parameter where that is the secret's store", () => {
    expect(reading("ssm:GetParameters", mailer())).toEqual([
      "arn:aws:ssm:eu-central-1:200000000003:parameter/slipway/live/secret/mail/provider/value",
    ]);
    expect(reading("secretsmanager:GetSecretValue", mailer())).toEqual([]);
  });

  it("decrypts through the secrets' store only", () => {
    const [decrypt] = statements().filter(({ sid }) => sid === "DecryptSecrets");

    expect(decrypt?.["condition"]).toEqual([
      {
        test: "StringEquals",
        variable: "kms:ViaService",
        values: ["secretsmanager.eu-central-1.amazonaws.com"],
      },
    ]);
  });

  it("pulls the service's own image only", () => {
    expect(reading("ecr:BatchGetImage")).toEqual(["arn:aws:ecr:eu-central-1:200000000002:repository/orders"]);
  });

  it("writes the service's own log only", () => {
    expect(reading("logs:PutLogEvents")).toEqual(["${aws_cloudwatch_log_group.logs.arn}:*"]);
  });
});

describe("both roles of a task", () => {
  it.each(["roles_execution_role", "roles_task_role"])("%s stands under the boundary", (id) => {
    expect(orders().at(`aws_iam_role.${id}`)).toMatchObject({
      permissions_boundary: "arn:aws:iam::200000000003:policy/slipway-boundary",
      path: "/slipway/",
    });
  });

  it("trust ECS for this account's sake only", () => {
    const [trust] = orders().statements(orders().at("aws_iam_role.roles_task_role")["assume_role_policy"]);

    expect(trust?.["principals"]).toEqual([{ type: "Service", identifiers: ["ecs-tasks.amazonaws.com"] }]);
    expect(trust?.["condition"]).toContainEqual({
      test: "StringEquals",
      variable: "aws:SourceAccount",
      values: ["200000000003"],
    });
  });

  it("fill in account and region in what the code may do", () => {
    const arn = "arn:aws:sqs:{region}:{account}:orders";
    const of = changed({
      taskRoleStatements: [{ sid: "Take", actions: ["sqs:ReceiveMessage"], resources: [arn] }],
    });
    const [statement] = of.statements(of.at("aws_iam_role_policy.roles_task_policy")["policy"]);

    expect(statement?.["resources"]).toEqual(["arn:aws:sqs:eu-central-1:200000000003:orders"]);
  });

  it("may open a shell where the environment allows it, and only there", () => {
    expect(stack("development-service-orders").only("aws_ecs_service")["enable_execute_command"]).toBe(true);
    expect(orders().only("aws_ecs_service")["enable_execute_command"]).toBe(false);
    expect(
      orders()
        .resources("aws_iam_role_policy")
        .map(({ id }) => id),
    ).toEqual(["roles_execution_policy"]);
  });
});

describe("the container", () => {
  it("is hardened: not root, root file system read-only, no capability", () => {
    expect(container()).toMatchObject({
      user: "10001:10001",
      privileged: false,
      readonlyRootFilesystem: true,
      linuxParameters: { capabilities: { drop: ["ALL"] } },
    });
  });

  it("reads secrets by reference, never as settings", () => {
    expect(objects(container()["secrets"]).map(({ name }) => name)).toEqual(["DATABASE_URL"]);
    expect(objects(container()["environment"]).map(({ name }) => name)).toEqual([
      "AWS_REGION",
      "ENVIRONMENT",
    ]);
  });

  it("gets settings and commands to the letter: what looks like an expression is none of Terraform's", () => {
    const of = changed({
      environment: { PATTERN: "${name} %{date}" },
      command: ["sh", "-c", "echo ${HOSTNAME}"],
      containerHealthCheck: { command: ["test", "${OK}"] },
    });

    expect(objects(container(of)["environment"])).toContainEqual({
      name: "PATTERN",
      value: "$${name} %%{date}",
    });
    expect(container(of)["command"]).toEqual(["sh", "-c", "echo $${HOSTNAME}"]);
    expect(object(container(of)["healthCheck"])["command"]).toEqual(["CMD", "test", "$${OK}"]);
  });

  it("does not block when logs do", () => {
    expect(object(object(container()["logConfiguration"])["options"])["mode"]).toBe("non-blocking");
  });

  it("runs in private subnets without a public address", () => {
    expect(orders().only("aws_ecs_service")["network_configuration"]).toMatchObject({
      assign_public_ip: false,
      subnets: expect.stringContaining("privateSubnetIds"),
    });
  });
});

it("the log is encrypted, and kept as long as the environment says", () => {
  const group = (id: string) => stack(id).only("aws_cloudwatch_log_group");

  expect(group("live-service-orders")).toMatchObject({
    kms_key_id: expect.stringContaining("secrets_keys"),
    retention_in_days: 30,
  });
  expect(group("development-service-orders")["retention_in_days"]).toBe(14);
});

it("every alarm tells the topic of its severity, when it goes off and when it is over", () => {
  const alarms = orders().resources("aws_cloudwatch_metric_alarm");

  expect(alarms).toHaveLength(8);
  for (const { values } of alarms) {
    expect(values["alarm_actions"]).toEqual([expect.stringMatching(/\.(critical|warning)TopicArn\}/)]);
    expect(values["ok_actions"]).toEqual(values["alarm_actions"]);
  }
});

import { loadCompany, removeFolders } from "../../support/company";
import { object, synthesizedAlone } from "../../support/synthesized";

afterAll(removeFolders);

const observability = (live: Record<string, unknown> = {}, account = "live") =>
  synthesizedAlone(loadCompany({ accounts: { [account]: live } }), `${account}-observability`);

/** Addresses behind each topic. */
const emails = (live: Record<string, unknown> = {}) =>
  observability(live)
    .resources("aws_sns_topic_subscription")
    .map(({ values }) => [values["topic_arn"], values["endpoint"]]);

const CRITICAL = "${aws_sns_topic.critical_topic.arn}";
const WARNING = "${aws_sns_topic.warning_topic.arn}";

describe("e-mails by severity", () => {
  it("go to the organization's owner unless an account says otherwise", () => {
    expect(emails()).toEqual([
      [CRITICAL, "platform@acme.example"],
      [WARNING, "platform@acme.example"],
    ]);
  });

  it("go to the account's addresses, warnings to the critical ones' where they have none of their own", () => {
    expect(emails({ observability: { emails: { critical: ["a@acme.example", "b@acme.example"] } } })).toEqual(
      [
        [CRITICAL, "a@acme.example"],
        [CRITICAL, "b@acme.example"],
        [WARNING, "a@acme.example"],
        [WARNING, "b@acme.example"],
      ],
    );
    expect(emails({ observability: { emails: { critical: ["a@acme.example"], warning: [] } } })).toEqual([
      [CRITICAL, "a@acme.example"],
    ]);
  });
});

describe("Slack", () => {
  const slack = (channels: Record<string, string>) =>
    observability({ observability: { slack: { teamId: "T0123456789", ...channels } } });
  const topics = (channels: Record<string, string>) =>
    slack(channels)
      .resources("aws_chatbot_slack_channel_configuration")
      .map(({ values }) => [values["slack_channel_id"], values["sns_topic_arns"]]);

  it("hears what is critical, and warnings in a channel of their own", () => {
    expect(topics({ criticalChannelId: "C0000000001" })).toEqual([["C0000000001", [CRITICAL]]]);
    expect(topics({ criticalChannelId: "C0000000001", warningChannelId: "C0000000002" })).toEqual([
      ["C0000000001", [CRITICAL]],
      ["C0000000002", [WARNING]],
    ]);
  });

  it("is configured once a channel, as AWS has it", () => {
    expect(topics({ criticalChannelId: "C0000000001", warningChannelId: "C0000000001" })).toEqual([
      ["C0000000001", [CRITICAL, WARNING]],
    ]);
  });

  it("lets nobody do more than read, each under a role of their own", () => {
    const stack = slack({ criticalChannelId: "C0000000001" });
    expect(stack.only("aws_chatbot_slack_channel_configuration")).toMatchObject({
      guardrail_policy_arns: ["arn:aws:iam::aws:policy/CloudWatchReadOnlyAccess"],
      user_authorization_required: true,
      logging_level: "ERROR",
    });
    expect(stack.only("aws_iam_role")).toMatchObject({
      permissions_boundary: "arn:aws:iam::200000000003:policy/slipway-boundary",
      path: "/slipway/",
    });
  });

  it("has no role where there is no channel", () => {
    expect(observability().resources("aws_iam_role")).toEqual([]);
  });
});

describe("what happens to tasks", () => {
  const pattern = (id: string) =>
    JSON.stringify(observability().at(`aws_cloudwatch_event_rule.${id}_rule`)["event_pattern"]);
  const target = (id: string) => observability().at(`aws_cloudwatch_event_target.${id}_topic`);

  it("is told of a failed deployment in this account's cluster, as critical", () => {
    expect(pattern("deployment_failed")).toContain("SERVICE_DEPLOYMENT_FAILED");
    expect(pattern("deployment_failed")).toContain(
      "arn:aws:ecs:eu-central-1:200000000003:service/live-cluster/",
    );
    expect(target("deployment_failed")["arn"]).toBe(CRITICAL);
  });

  it("is told of a task without memory, as a warning", () => {
    expect(pattern("out_of_memory")).toContain("OutOfMemory");
    expect(target("out_of_memory")["arn"]).toBe(WARNING);
  });

  it("is told in the form that a chat shows", () => {
    const { input_template: template } = object(target("deployment_failed")["input_transformer"]);
    expect(JSON.parse(String(template))).toEqual({
      version: "1.0",
      source: "custom",
      content: expect.objectContaining({ description: expect.stringContaining("<reason>") }),
    });
  });

  it("reaches the encrypted topics: EventBridge names no source, neither to a topic nor to a key", () => {
    const stack = observability();
    const [statement] = stack
      .statements(stack.at("aws_sns_topic_policy.critical_policy")["policy"])
      .filter(({ sid }) => sid === "EventsPublish");
    expect(statement).toBeDefined();
    expect(statement?.["condition"]).toBeUndefined();
    const secrets = synthesizedAlone(loadCompany(), "live-secrets");
    const [encrypt] = secrets
      .statements(secrets.at("aws_kms_key.data_key")["policy"])
      .filter(({ sid }) => sid === "EventsPublish");
    expect(JSON.stringify(encrypt)).not.toMatch(/aws:Source/);
    expect(JSON.stringify(encrypt)).toMatch(/arn:aws:sns:eu-central-1:200000000003:\*/);
  });

  it("is not asked for where no task runs", () => {
    const stack = synthesizedAlone(
      loadCompany({
        accounts: { live: { hosting: undefined, data: { buckets: { invoices: {} } } } },
        services: { orders: { accounts: ["development"] }, mailer: { accounts: ["development"] } },
      }),
      "live-observability",
    );
    expect(stack.resources("aws_cloudwatch_event_rule")).toEqual([]);
    expect(JSON.stringify(stack.json)).not.toContain("events.amazonaws.com");
  });
});

describe("alarms of the account", () => {
  const alarms = (account: string, change = {}) =>
    observability(change, account)
      .resources("aws_cloudwatch_metric_alarm")
      .map(({ values }) => values["alarm_name"]);

  it("watch NAT gateways and load balancers, whichever there are", () => {
    expect(alarms("live")).toEqual([
      "live-nat-port-allocation",
      "live-no-healthy-target",
      "live-rejected-connections",
    ]);
    expect(alarms("live", { capabilities: { natGateways: "none" } })).not.toContain(
      "live-nat-port-allocation",
    );
  });

  it("do not ask for healthy tasks where they sleep at night", () => {
    expect(alarms("development")).not.toContain("development-no-healthy-target");
  });
});

describe("the environment's dashboard", () => {
  const body = (live: Record<string, unknown> = {}) =>
    String(observability(live).only("aws_cloudwatch_dashboard")["dashboard_body"]);

  it("finds every service of the cluster, and names none", () => {
    expect(JSON.stringify(JSON.parse(body()))).toContain(
      'ClusterName=\\"live-cluster\\" MetricName=\\"CPUUtilization\\"',
    );
    expect(body()).not.toContain("orders");
  });

  it("shows queues and databases where there are some", () => {
    expect(body()).not.toMatch(/AWS\/SQS|AWS\/RDS/);
    expect(body({ data: { databases: { orders: {} } } })).toContain("DatabaseConnections");
  });

  it("shows the state of the account's alarms", () => {
    expect(body()).toContain("aws_cloudwatch_metric_alarm.account_nat_port_allocation.arn");
  });
});

it("developers wake services where these sleep, and may set nothing else that scales", () => {
  const wakes = (account: string) => {
    const roles = synthesizedAlone(loadCompany(), `${account}-roles`);
    return roles
      .statements(roles.at("aws_iam_role_policy.people_developer_policy")["policy"])
      .filter(({ sid }) => sid === "WakeServices");
  };
  expect(wakes("live")).toEqual([]);
  expect(wakes("development")).toEqual([
    expect.objectContaining({
      actions: ["application-autoscaling:RegisterScalableTarget"],
      condition: [
        {
          test: "StringEquals",
          variable: "application-autoscaling:scalable-dimension",
          values: ["ecs:service:DesiredCount"],
        },
        { test: "StringEquals", variable: "application-autoscaling:service-namespace", values: ["ecs"] },
      ],
    }),
  ]);
});

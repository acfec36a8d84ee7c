import { loadCompany, removeFolders } from "../../support/company";
import { object, objects, strings, synthesizedAlone, type JsonObject } from "../../support/synthesized";

afterAll(removeFolders);

const QUEUE = {
  topics: { "order-events": {}, ledger: { fifo: true } },
  queues: {
    orders: { topics: ["order-events"], maxReceiveCount: 3, external: "reads" },
    mails: { deadLetterQueue: "shared", external: "fills", retentionDays: 2 },
    shared: {},
    bookings: { fifo: true, topics: ["ledger"] },
  },
  brokers: {
    stations: { instanceType: "mq.m5.large" },
    events: { engine: "RabbitMQ", instanceType: "mq.m5.large" },
  },
};
const FLEET = () =>
  loadCompany({
    accounts: {
      live: { queue: QUEUE },
      development: { queue: { ...QUEUE, brokers: { stations: {} } } },
    },
    services: {
      mailer: {
        consumes: ["mails", "bookings"],
        sends: ["orders"],
        brokers: ["stations", "events"],
        autoScaling: { messagesPerTask: 100 },
        overrides: { development: { brokers: ["stations"] } },
      },
      orders: { publishes: ["order-events", "ledger"], sends: ["mails"] },
    },
  });

const fleet = FLEET();
const live = synthesizedAlone(fleet, "live-queue");
const development = synthesizedAlone(fleet, "development-queue");
const mailer = synthesizedAlone(fleet, "live-service-mailer");
const orders = synthesizedAlone(fleet, "live-service-orders");

/** A policy document of a resource, by what it is about. */
const statements = (address: string, stack = live): JsonObject[] =>
  stack.statements(stack.at(address)["policy"]);

describe("a queue", () => {
  it("is encrypted with the account's key and keeps what it holds", () => {
    expect(live.at("aws_sqs_queue.queue_orders_queue")).toMatchObject({
      name: "live-orders",
      kms_master_key_id: expect.stringContaining("dataKeyArn"),
      receive_wait_time_seconds: 20,
      lifecycle: { prevent_destroy: true },
    });
  });

  it("gives what nobody can handle to a queue of its own, which keeps it for two weeks", () => {
    expect(String(live.at("aws_sqs_queue.queue_orders_queue")["redrive_policy"])).toContain(
      '"deadLetterTargetArn" = aws_sqs_queue.queue_orders_dead_letter_queue.arn, "maxReceiveCount" = 3',
    );
    expect(live.at("aws_sqs_queue.queue_orders_dead_letter_queue")).toMatchObject({
      name: "live-orders-dead-letter",
      message_retention_seconds: 14 * 86_400,
    });
  });

  it("or to one that is named, which has none behind it", () => {
    expect(live.at("aws_sqs_queue.queue_shared_queue")).toMatchObject({
      message_retention_seconds: 14 * 86_400,
    });
    expect(live.at("aws_sqs_queue.queue_shared_queue")["redrive_policy"]).toBeUndefined();
    expect(
      String(live.at("aws_sqs_queue_redrive_allow_policy.queue_shared_sources")["redrive_allow_policy"]),
    ).toContain("[aws_sqs_queue.queue_mails_queue.arn]");
  });

  it("takes no message without TLS, and from no topic but those it hears", () => {
    const [tls, topics, ...others] = statements("aws_sqs_queue_policy.queue_orders_policy");

    expect(tls).toMatchObject({ effect: "Deny", actions: ["sqs:*"] });
    expect(topics).toMatchObject({
      actions: ["sqs:SendMessage"],
      principals: [{ type: "Service", identifiers: ["sns.amazonaws.com"] }],
      condition: [
        {
          test: "ArnEquals",
          variable: "aws:SourceArn",
          values: ["${aws_sns_topic.topic_order_events_topic.arn}"],
        },
      ],
    });
    expect(others).toEqual([]);
    expect(statements("aws_sqs_queue_policy.queue_mails_policy")).toHaveLength(1);
  });

  it("gets messages as they were published, once its policy stands", () => {
    expect(live.at("aws_sns_topic_subscription.queue_orders_topic_order_events")).toMatchObject({
      raw_message_delivery: true,
      depends_on: ["aws_sqs_queue_policy.queue_orders_policy"],
    });
  });

  it("is called .fifo, dead letters too, where order counts", () => {
    expect(live.at("aws_sqs_queue.queue_bookings_queue")).toMatchObject({
      name: "live-bookings.fifo",
      fifo_queue: true,
    });
    expect(live.at("aws_sqs_queue.queue_bookings_dead_letter_queue")).toMatchObject({
      name: "live-bookings-dead-letter.fifo",
      fifo_queue: true,
    });
    expect(live.at("aws_sns_topic.topic_ledger_topic")).toMatchObject({
      name: "live-ledger.fifo",
      fifo_topic: true,
    });
  });

  it.each([
    ["queue_orders_old", "live-orders", "ApproximateAgeOfOldestMessage", 900, "warning"],
    ["queue_orders_deep", "live-orders", "ApproximateNumberOfMessagesVisible", 1000, "warning"],
    [
      "queue_orders_dead_letter_not_empty",
      "live-orders-dead-letter",
      "ApproximateNumberOfMessagesVisible",
      0,
      "critical",
    ],
    ["queue_shared_not_empty", "live-shared", "ApproximateNumberOfMessagesVisible", 0, "critical"],
  ])("tells somebody: %s", (id, queueName, metricName, threshold, severity) => {
    const alarm = live.at(`aws_cloudwatch_metric_alarm.${id}`);

    expect(alarm).toMatchObject({ dimensions: { QueueName: queueName }, metric_name: metricName, threshold });
    expect(strings(alarm["alarm_actions"])[0]).toContain(`${severity}TopicArn`);
  });
});

describe("the account's key", () => {
  it("is of use to its topics, so that they reach encrypted queues", () => {
    const secrets = synthesizedAlone(fleet, "live-secrets");
    const sids = statements("aws_kms_key.data_key", secrets).map(({ sid }) => sid);

    expect(sids).toContain("TopicsFillQueues");
    expect(synthesizedAlone(loadCompany(), "live-secrets").text).not.toContain("TopicsFillQueues");
  });
});

describe("a broker", () => {
  it("is private, encrypted, logs, and has a standby where the account has", () => {
    expect(live.at("aws_mq_broker.broker_stations_broker")).toMatchObject({
      broker_name: "live-stations",
      deployment_mode: "ACTIVE_STANDBY_MULTI_AZ",
      engine_version: "5.18",
      publicly_accessible: false,
      auto_minor_version_upgrade: true,
      encryption_options: { use_aws_owned_key: false, kms_key_id: expect.stringContaining("dataKeyArn") },
      logs: { general: true, audit: "true" },
      subnet_ids: expect.stringMatching(/isolatedSubnetIds, 0, 2\)/),
    });
    expect(live.at("aws_mq_broker.broker_events_broker")).toMatchObject({
      deployment_mode: "CLUSTER_MULTI_AZ",
      engine_version: "3.13",
      logs: { general: true },
    });
    expect(development.at("aws_mq_broker.broker_stations_broker")).toMatchObject({
      deployment_mode: "SINGLE_INSTANCE",
      subnet_ids: expect.stringMatching(/isolatedSubnetIds, 0, 1\)/),
      lifecycle: { prevent_destroy: false },
    });
  });

  it("keeps the password that it was made with, whatever later plans draw", () => {
    expect(object(live.at("aws_mq_broker.broker_stations_broker")["lifecycle"])["ignore_changes"]).toEqual([
      "user",
    ]);
    expect(live.at("aws_secretsmanager_secret_version.broker_stations_user_value")).toMatchObject({
      secret_string_wo: expect.stringContaining("one(aws_mq_broker.broker_stations_broker.user[*].password)"),
      secret_string_wo_version: 1,
    });
    expect(
      live.at("aws_secretsmanager_secret_version.broker_stations_user_value")["secret_string"],
    ).toBeUndefined();
  });

  it("lets in its clients only, on ports that speak TLS", () => {
    const rules = live
      .resources("aws_vpc_security_group_ingress_rule")
      .filter(({ id }) => id.startsWith("broker_stations"));

    expect(rules.map(({ values }) => values["from_port"]).sort()).toEqual([5671, 61614, 61617, 61619, 8883]);
    for (const { values } of rules)
      expect(values["referenced_security_group_id"]).toBe("${aws_security_group.broker_stations_clients.id}");
  });

  it("may write its logs for this account's brokers only", () => {
    const [statement] = live.statements(live.only("aws_cloudwatch_log_resource_policy")["policy_document"]);

    expect(JSON.stringify(statement)).toContain("arn:aws:mq:eu-central-1:200000000003:broker:*");
    expect(live.at("aws_mq_broker.broker_events_broker")["depends_on"]).toBeUndefined();
  });
});

describe("a service", () => {
  const environment = (stack: typeof mailer) => objects(stack.containers()[0]?.["environment"]);
  const valueOf = (stack: typeof mailer, name: string) =>
    environment(stack).find((entry) => entry["name"] === name)?.["value"];
  const task = (stack: typeof mailer) =>
    stack.statements(stack.at("aws_iam_role_policy.roles_task_policy")["policy"]);
  const sids = (stack: typeof mailer) => task(stack).map(({ sid }) => sid);

  it("finds its queues and topics", () => {
    expect(valueOf(mailer, "QUEUE_MAILS_URL")).toContain("queue_queue_mails.insecure_value).url");
    expect(valueOf(mailer, "QUEUE_ORDERS_URL")).toBeDefined();
    expect(valueOf(orders, "TOPIC_ORDER_EVENTS_ARN")).toContain(
      "queue_topic_order_events.insecure_value).arn",
    );
  });

  it("reads what it consumes, sends where it sends, publishes where it publishes, and nothing else", () => {
    expect(sids(mailer)).toEqual(["ReceiveFromBookings", "ReceiveFromMails", "SendToOrders", "UseDataKey"]);
    expect(sids(orders)).toEqual(["SendToMails", "PublishToLedger", "PublishToOrderEvents", "UseDataKey"]);
    expect(JSON.stringify(task(orders))).toContain("sns.eu-central-1.amazonaws.com");
  });

  it("joins its brokers' clients and signs in as their user", () => {
    expect(valueOf(mailer, "BROKER_STATIONS_URL")).toMatch(/^failover:\(\$\{join\(",", regexall\("ssl:/);
    expect(valueOf(mailer, "BROKER_EVENTS_URL")).toMatch(/^\$\{element\(/);
    const secrets = objects(mailer.containers()[0]?.["secrets"]);
    expect(secrets.find(({ name }) => name === "BROKER_STATIONS_PASSWORD")?.["valueFrom"]).toMatch(
      /:password::$/,
    );
    const { security_groups: groups } = object(mailer.only("aws_ecs_service")["network_configuration"]);
    expect(JSON.stringify(groups)).toContain("queue_broker_stations.insecure_value).clientGroupId");
  });

  it("scales on the messages that wait for each of its tasks", () => {
    const policy = mailer.at("aws_appautoscaling_policy.scaling_backlog");
    const tracking = object(policy["target_tracking_scaling_policy_configuration"]);
    const metrics = objects(object(tracking["customized_metric_specification"])["metrics"]);

    expect(tracking["target_value"]).toBe(100);
    expect(JSON.stringify(metrics)).toContain("live-bookings.fifo");
    expect(JSON.stringify(metrics)).toContain("RunningTaskCount");
    expect(
      metrics.filter((metric) => metric["return_data"] === true).map(({ expression }) => expression),
    ).toEqual(["(waiting0 + waiting1) / IF(FILL(tasks, 1) > 0, FILL(tasks, 1), 1)"]);
  });

  it("counts its tasks by their CPU samples where there is no Container Insights", () => {
    const change = {
      accounts: { live: { queue: QUEUE, capabilities: { containerInsights: "disabled" } } },
      services: {
        mailer: { accounts: ["live"], consumes: ["mails"], autoScaling: { messagesPerTask: 10 } },
        orders: { accounts: ["live"], publishes: ["order-events", "ledger"], sends: ["mails"] },
        books: {
          name: "books",
          owner: "a@acme.example",
          kind: "worker",
          accounts: ["live"],
          consumes: ["bookings"],
        },
      },
    };
    const text = JSON.stringify(
      synthesizedAlone(loadCompany(change), "live-service-mailer").at(
        "aws_appautoscaling_policy.scaling_backlog",
      ),
    );

    expect(text).toContain("SampleCount");
    expect(text).not.toContain("RunningTaskCount");
  });
});

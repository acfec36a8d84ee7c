import { loadCompany, removeFolders, type Change } from "../../support/company";
import { object, strings, synthesizedAlone, type JsonObject } from "../../support/synthesized";
import { violationsOf } from "../../support/violations";

afterAll(removeFolders);

const ID = "live-service-orders";
const data = { buckets: { logs: {} } };
const accounts: Change["accounts"] = { live: { data }, development: { data } };
const routed = (logConfiguration: object, more: object = {}) =>
  synthesizedAlone(loadCompany({ accounts, services: { orders: { logConfiguration, ...more } } }), ID);
const toS3 = () => routed({ destination: "s3", bucket: "logs" });
const COLLECTOR = { destination: "http", host: "in.logs.example", path: "/v1/ingest?source=ecs" };

function container(of: ReturnType<typeof routed>, name: string): JsonObject {
  const found = of.containers().find((each) => each["name"] === name);
  if (found === undefined) throw new Error(`No container ${name}`);
  return found;
}
const logs = (of: ReturnType<typeof routed>, name = "orders") =>
  object(container(of, name)["logConfiguration"]);
const statement = (of: ReturnType<typeof routed>, role: "task" | "execution", sid: string) =>
  of
    .statements(of.at(`aws_iam_role_policy.roles_${role}_policy`)["policy"])
    .find((each) => each["sid"] === sid);

describe("by default", () => {
  const plain = synthesizedAlone(loadCompany(), ID);

  it("ECS writes to CloudWatch itself, and there is no router", () => {
    expect(plain.containers()).toHaveLength(1);
    expect(logs(plain)["logDriver"]).toBe("awslogs");
    expect(plain.resources("aws_cloudwatch_log_group")).toHaveLength(1);
  });
});

describe("the router", () => {
  const router = container(toS3(), "log-router");

  it("is of a fixed image, held as every container is, and not root", () => {
    expect(router).toMatchObject({
      image: expect.stringMatching(/^public\.ecr\.aws\/.*@sha256:[0-9a-f]{64}$/),
      user: "10001:10001",
      readonlyRootFilesystem: true,
      linuxParameters: { initProcessEnabled: true, capabilities: { drop: ["ALL"] } },
      firelensConfiguration: { type: "fluentbit" },
    });
  });

  it("ends the task when it ends, is checked, and has memory kept for it", () => {
    expect(router).toMatchObject({ essential: true, memoryReservation: 64 });
    // Nobody outside the task is to write into its logs.
    expect(router["portMappings"]).toEqual([]);
    expect(strings(object(router["healthCheck"])["command"])).toContain("CMD");
  });

  it("starts before every other container", () => {
    const made = routed(
      { destination: "s3", bucket: "logs" },
      { initContainers: { migrate: {} }, dependsOn: { "log-router": "HEALTHY" } },
    );

    expect(container(made, "migrate")["dependsOn"]).toEqual([
      { containerName: "log-router", condition: "START" },
    ]);
    expect(container(made, "orders")["dependsOn"]).toEqual([
      { containerName: "log-router", condition: "HEALTHY" },
      { containerName: "migrate", condition: "SUCCESS" },
    ]);
    expect(logs(made, "migrate")["logDriver"]).toBe("awsfirelens");
  });

  it("says what goes wrong with it in a log group of its own, which ECS may write to", () => {
    const made = toS3();

    expect(made.at("aws_cloudwatch_log_group.router_logs")).toMatchObject({
      name: "/slipway/live/service/orders/log_router",
      retention_in_days: 30,
    });
    expect(logs(made, "log-router")["logDriver"]).toBe("awslogs");
    expect(statement(made, "execution", "WriteLogs")?.["resources"]).toEqual([
      "${aws_cloudwatch_log_group.logs.arn}:*",
      "${aws_cloudwatch_log_group.router_logs.arn}:*",
    ]);
  });
});

describe("logs to S3", () => {
  it("are compressed files below the service's folder", () => {
    expect(logs(toS3())).toMatchObject({
      logDriver: "awsfirelens",
      options: {
        Name: "s3",
        compression: "gzip",
        s3_key_format: expect.stringMatching(/^\/logs\/orders\/\$TAG\/.*\.gz$/),
      },
    });
  });

  it("are all that the task may write there", () => {
    expect(statement(toS3(), "task", "RouteLogs")).toMatchObject({
      actions: ["s3:PutObject"],
      resources: [expect.stringMatching(/\/logs\/orders\/\*$/)],
    });
    expect(statement(toS3(), "task", "UseDataKey")?.["condition"]).toMatchObject([
      { values: ["s3.eu-central-1.amazonaws.com"] },
    ]);
  });

  it("are not counted for errors in a log group that has none of them", () => {
    expect(toS3().resources("aws_cloudwatch_log_metric_filter")).toEqual([]);
  });
});

describe("logs through the router to CloudWatch", () => {
  const made = routed({ destination: "cloudwatch", excludePattern: "GET /health$" });

  it("are the lines alone, without those that nobody wants", () => {
    expect(logs(made)["options"]).toMatchObject({
      Name: "cloudwatch_logs",
      log_group_name: "/slipway/live/service/orders",
      log_key: "log",
      "exclude-pattern": "GET /health$",
    });
  });

  it("are counted for errors", () => {
    expect(made.resources("aws_cloudwatch_log_metric_filter")).not.toEqual([]);
  });

  it("are written by the task's role, to that group only", () => {
    expect(statement(made, "task", "RouteLogs")?.["resources"]).toEqual([
      "arn:aws:logs:eu-central-1:200000000003:log-group:/slipway/live/service/orders:*",
    ]);
  });
});

describe("logs to a collector", () => {
  const made = routed({
    ...COLLECTOR,
    header: "mail/provider",
    user: "orders",
    password: "orders/database:collector",
  });

  it("go over TLS to its host, port and path", () => {
    expect(logs(made)["options"]).toMatchObject({
      Name: "http",
      Host: "in.logs.example",
      Port: "443",
      URI: "/v1/ingest?source=ecs",
      tls: "On",
      "tls.verify": "On",
      http_User: "orders",
    });
  });

  it("enter by a header and a password that ECS reads from the account's secrets", () => {
    expect(logs(made)["secretOptions"]).toEqual([
      { name: "Header", valueFrom: expect.stringMatching(/secret\/mail\/provider\/value$/) },
      { name: "http_Passwd", valueFrom: expect.stringMatching(/:collector::$/) },
    ]);
    expect(statement(made, "execution", "ReadParameters")?.["resources"]).toEqual([
      expect.stringMatching(/secret\/mail\/provider\/value$/),
    ]);
    expect(statement(made, "execution", "ReadSecrets")?.["resources"]).toHaveLength(1);
  });
});

test("an account may send its logs elsewhere than the others", () => {
  const fleet = loadCompany({
    accounts,
    services: {
      orders: {
        logConfiguration: { destination: "s3", bucket: "logs" },
        overrides: { development: { logConfiguration: { destination: "awslogs" } } },
      },
    },
  });
  const destination = (account: string) =>
    fleet.services[account]?.find(({ name }) => name === "orders")?.logConfiguration.destination;

  expect([destination("live"), destination("development")]).toEqual(["s3", "awslogs"]);
});

const REFUSED: [shows: string, values: Record<string, unknown>, path: string, words: string][] = [
  [
    "a destination that is none",
    { logConfiguration: { destination: "elastic" } },
    "logConfiguration.destination",
    "destination",
  ],
  [
    "a bucket that is not there",
    { logConfiguration: { destination: "s3", bucket: "log" } },
    "logConfiguration.bucket",
    'write \\"logs\\"',
  ],
  [
    "a secret that does not exist",
    { logConfiguration: { ...COLLECTOR, header: "orders/databse" } },
    "logConfiguration.header",
    'write \\"orders/database\\"',
  ],
  [
    "a user without password",
    { logConfiguration: { ...COLLECTOR, user: "orders" } },
    "logConfiguration.password",
    "together",
  ],
  [
    "a port that tasks cannot reach",
    { logConfiguration: { ...COLLECTOR, port: 9200 } },
    "logConfiguration.port",
    "egress",
  ],
  [
    "a collector without TLS",
    { logConfiguration: { ...COLLECTOR, tls: false } },
    "logConfiguration.tls",
    "true",
  ],
  [
    "a port of the router's",
    { logConfiguration: COLLECTOR, containerPort: 24224 },
    "containerPort",
    "one network interface",
  ],
  [
    "too little memory for it",
    {
      memory: 1024,
      logConfiguration: COLLECTOR,
      sidecars: { agent: { image: `a.example/b@sha256:${"a".repeat(64)}`, memory: 960 } },
    },
    "memory",
    "log-router 64",
  ],
];

test.each(REFUSED)("%s is refused", (_shows, values, path, words) => {
  const found = violationsOf(() => loadCompany({ accounts, services: { orders: values } }));
  const at = found.filter((candidate) => candidate.path.replace(/ \(in .*\)$/, "") === path);
  expect(found.map((candidate) => candidate.path.replace(/ \(in .*\)$/, ""))).toContain(path);
  expect(JSON.stringify(at.map(({ allowed, mend }) => [allowed, mend]))).toContain(words);
});

test("the router is refused where nothing leads out to its image", () => {
  const change: Change = {
    accounts: { live: { data, capabilities: { natGateways: "none" } }, development: { data } },
    services: { orders: { logConfiguration: { destination: "s3", bucket: "logs" } } },
  };

  expect(violationsOf(() => loadCompany(change))).toContainEqual(
    expect.objectContaining({ path: "logConfiguration.destination (in live)" }),
  );
});

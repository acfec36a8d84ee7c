import { fixedCosts } from "../../../cli/cost/resources";
import { pricesOf } from "../../../cli/cost/prices";
import { grantsFor } from "../../../stacks/permissions-stack";
import { loadCompany, removeFolders } from "../../support/company";
import { STORE_EXAMPLES } from "../../support/store-examples";
import { object, objects, strings, synthesizedAlone } from "../../support/synthesized";
import { accountOf } from "../../support/toy-stacks";

afterAll(removeFolders);

const data = { tables: STORE_EXAMPLES.tables };
const fleet = loadCompany({
  accounts: { live: { data }, development: { data } },
  services: { orders: { tables: { sessions: "readWrite", trips: "read" } } },
});
const made = new Map<string, ReturnType<typeof synthesizedAlone>>();
const stack = (id: string) => {
  const held = made.get(id) ?? synthesizedAlone(fleet, id);
  made.set(id, held);
  return held;
};
const table = (id: string) => stack(id).only("aws_dynamodb_table");

describe("a table", () => {
  it("is encrypted under the account's key, and can be restored to any second", () => {
    expect(table("live-data-sessions")).toMatchObject({
      name: "live-sessions",
      billing_mode: "PAY_PER_REQUEST",
      server_side_encryption: { enabled: true, kms_key_arn: expect.stringContaining("dataKeyArn") },
      point_in_time_recovery: { enabled: true, recovery_period_in_days: 35 },
      ttl: { enabled: true, attribute_name: "expiresAt" },
    });
    expect(object(table("development-data-sessions")["point_in_time_recovery"])).toMatchObject({
      recovery_period_in_days: 7,
    });
  });

  it("cannot be lost in live, and goes with its account elsewhere", () => {
    expect(table("live-data-sessions")).toMatchObject({
      deletion_protection_enabled: true,
      lifecycle: { prevent_destroy: true },
    });
    expect(table("development-data-sessions")).toMatchObject({ deletion_protection_enabled: false });
  });

  it("has its indexes, each with what is in it", () => {
    const { global_secondary_index, local_secondary_index, attribute } = table("live-data-trips");
    expect(objects(global_secondary_index)).toEqual([
      {
        name: "by-city",
        hash_key: "city",
        range_key: "startedAt",
        projection_type: "ALL",
        read_capacity: 10,
        write_capacity: 10,
      },
    ]);
    expect(objects(local_secondary_index)[0]).toMatchObject({ non_key_attributes: ["city"] });
    expect(objects(attribute).map(({ name }) => name)).toEqual(["city", "driver", "fare", "startedAt"]);
  });

  it("leaves units to what scales them, within its limits", () => {
    expect(table("live-data-trips")).toMatchObject({
      billing_mode: "PROVISIONED",
      lifecycle: { ignore_changes: ["read_capacity", "write_capacity"] },
    });
    expect(stack("live-data-trips").at("aws_appautoscaling_target.store_scaling_read_target")).toMatchObject({
      min_capacity: 5,
      max_capacity: 50,
    });
    const policy = stack("live-data-trips").at("aws_appautoscaling_policy.store_scaling_write_policy");
    expect(object(policy["target_tracking_scaling_policy_configuration"])).toMatchObject({
      target_value: 60,
    });
    expect(stack("live-data-sessions").resources("aws_appautoscaling_target")).toEqual([]);
  });

  it("has what scales it granted in an account that runs nothing", () => {
    const alone = loadCompany({
      accounts: { live: { data, hosting: undefined }, development: { hosting: undefined } },
      services: { orders: undefined, mailer: undefined },
    });
    expect(grantsFor(accountOf(alone, "live"), alone.organization)).toContain("compute");
    expect(grantsFor(accountOf(alone, "development"), alone.organization)).not.toContain("compute");
  });

  it("tells of requests that are turned away, by table and by index", () => {
    const alarms = stack("live-data-trips")
      .resources("aws_cloudwatch_metric_alarm")
      .map(({ values }) => values["alarm_name"]);
    expect(alarms.sort()).toEqual([
      "live-trips-by-city-throttled-reads",
      "live-trips-by-city-throttled-writes",
      "live-trips-system-errors",
      "live-trips-throttled-reads",
      "live-trips-throttled-writes",
    ]);
  });

  it("costs its least units, those of its indexes included; on demand nothing that is known before", () => {
    const cost = (id: string) =>
      fixedCosts(
        accountOf(fleet, "live"),
        [{ type: "aws_dynamodb_table", attributes: table(id) }],
        pricesOf("eu-central-1"),
      );
    const { read, write } = pricesOf("eu-central-1").hour.tableUnit;
    expect(cost("live-data-trips")).toEqual([
      { what: "provisioned table", usd: expect.closeTo(730 * 15 * (read + write), 5) },
    ]);
    expect(cost("live-data-sessions")).toEqual([{ what: "table on demand", usd: 0 }]);
  });
});

describe("a service that names tables", () => {
  const orders = () => stack("live-service-orders");
  const statement = (sid: string) =>
    orders()
      .statements(orders().at("aws_iam_role_policy.roles_task_policy")["policy"])
      .find((candidate) => candidate["sid"] === sid);

  it("is told their names", () => {
    const environment = objects(orders().containers()[0]?.["environment"]);
    const named = Object.fromEntries(environment.map(({ name, value }) => [String(name), String(value)]));
    expect(named).toMatchObject({
      TABLE_SESSIONS: expect.stringContaining("tableName"),
      TABLE_TRIPS: expect.stringContaining("tableName"),
    });
  });

  it("reads where it may read, writes where it may write, and manages nothing", () => {
    expect(strings(statement("ReadTrips")?.["actions"])).not.toContain("dynamodb:PutItem");
    expect(strings(statement("ReadAndWriteSessions")?.["actions"])).toEqual(
      expect.arrayContaining(["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:BatchWriteItem"]),
    );
    expect(strings(statement("ReadAndWriteSessions")?.["actions"]).join()).not.toMatch(
      /UpdateTable|DeleteTable|Tag/,
    );
    expect(statement("ReadTrips")?.["resources"]).toEqual([
      expect.stringMatching(/tableArn\}?$/),
      expect.stringMatching(/tableArn.*\/index\/\*$/),
    ]);
  });

  it("follows the stream of a table that has one, and uses the key through DynamoDB only", () => {
    expect(statement("FollowTrips")?.["resources"]).toEqual([expect.stringMatching(/\/stream\/\*$/)]);
    expect(statement("FollowSessions")).toBeUndefined();
    expect(objects(statement("UseDataKey")?.["condition"])[0]).toMatchObject({
      values: ["dynamodb.eu-central-1.amazonaws.com"],
    });
  });
});

it("a function of a service uses a table as its tasks do", () => {
  const service = synthesizedAlone(
    loadCompany({
      accounts: { live: { data } },
      services: {
        orders: {
          accounts: ["live"],
          functions: { recorder: { schedule: "rate(1 day)", tables: { trips: "readWrite" } } },
        },
      },
      files: { "functions/recorder/index.mjs": "export const handler = async () => 1;\n" },
    }),
    "live-service-orders",
  );
  const lambda = service.only("aws_lambda_function");
  const statements = service.statements(
    service.at("aws_iam_role_policy.function_recorder_identity_role_policy")["policy"],
  );

  expect(object(object(lambda["environment"])["variables"])["TABLE_TRIPS"]).toContain("tableName");
  expect(strings(statements.find(({ sid }) => sid === "ReadAndWriteTrips")?.["actions"])).toContain(
    "dynamodb:PutItem",
  );
  expect(JSON.stringify(statements)).toContain("dynamodb.eu-central-1.amazonaws.com");
});

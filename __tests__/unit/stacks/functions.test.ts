import { createHash } from "node:crypto";
import { chmodSync, readFileSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { stackId } from "../../../environments/schema/names";
import { KINDS } from "../../../stacks/graph";
import { App } from "cdktf";
import { loadCompany, removeFolders, temporaryFolder, type Change } from "../../support/company";
import { object, objects, strings, synthesizedAlone, type SynthesizedStack } from "../../support/synthesized";

afterAll(removeFolders);

const CODE = "export const handler = async () => 1;\n";
const company = (values: Record<string, unknown> = {}): Change => ({
  accounts: {
    live: {
      queue: { queues: { "meter-readings": { external: "reads" } } },
      data: { buckets: { readings: { events: true } } },
    },
  },
  services: {
    orders: {
      accounts: ["live"],
      functions: { splitter: { bucket: "readings", sends: ["meter-readings"], ...values } },
    },
    mailer: { accounts: ["live"] },
  },
  files: { "functions/splitter/index.mjs": CODE, "functions/splitter/lib/lines.mjs": "export {};\n" },
});
const orders = (values: Record<string, unknown> = {}): SynthesizedStack =>
  synthesizedAlone(loadCompany(company(values)), "live-service-orders");

describe("a function that new objects start", () => {
  let stack: SynthesizedStack;
  beforeAll(() => (stack = orders()));
  const lambda = () => stack.only("aws_lambda_function");

  it("is told its queue by the variable that tasks have too", () =>
    expect(object(object(lambda()["environment"])["variables"])).toEqual({
      ENVIRONMENT: "live",
      QUEUE_METER_READINGS_URL: expect.stringContaining("queue_queue_meter_readings"),
    }));

  it("runs in private subnets, on Graviton, traced, its settings under the account's key", () =>
    expect(lambda()).toMatchObject({
      architectures: ["arm64"],
      vpc_config: { subnet_ids: expect.stringContaining("privateSubnetIds") },
      tracing_config: { mode: "Active" },
      kms_key_arn: expect.stringContaining("dataKeyArn"),
      reserved_concurrent_executions: 10,
    }));

  it("logs JSON into a group of its own that is kept as long as the account keeps logs", () => {
    const [group] = stack.resources("aws_cloudwatch_log_group").filter(({ id }) => id.startsWith("function"));
    expect(group?.values).toMatchObject({
      name: "/slipway/live/service/orders/splitter",
      retention_in_days: 30,
      kms_key_id: expect.stringContaining("logsKeyArn"),
    });
    expect(object(lambda()["logging_config"])).toMatchObject({
      log_format: "JSON",
      log_group: "${aws_cloudwatch_log_group.function_splitter_logs.name}",
    });
  });

  it("starts for new objects of that bucket only, and only for its own rule", () => {
    const pattern = String(stack.only("aws_cloudwatch_event_rule")["event_pattern"]);
    expect(pattern).toContain("Object Created");
    expect(pattern).toContain("data_readings");
    expect(stack.only("aws_lambda_permission")).toMatchObject({
      principal: "events.amazonaws.com",
      source_arn: "${aws_cloudwatch_event_rule.function_splitter_objects_rule.arn}",
    });
  });

  it("leaves what it cannot handle in a queue that wakes somebody", () => {
    const queue = "${aws_sqs_queue.function_splitter_failures_queue.arn}";
    expect(object(lambda()["dead_letter_config"])["target_arn"]).toBe(queue);
    const target = stack.only("aws_cloudwatch_event_target");
    expect(object(target["dead_letter_config"])["arn"]).toBe(queue);
    expect(stack.at("aws_cloudwatch_metric_alarm.function_splitter_failures_not_empty")).toBeDefined();
  });

  it("may read that bucket's objects and send to that queue, and touch no network interface itself", () => {
    const statements = stack.statements(
      "${data.aws_iam_policy_document.function_splitter_identity_role_permissions.json}",
    );
    const sids = new Map(statements.map((statement) => [String(statement["sid"]), statement]));
    expect(strings(sids.get("ReadReadings")?.["actions"])).toEqual(["s3:GetObject"]);
    expect(strings(sids.get("ReadReadings")?.["resources"])).toEqual([
      expect.stringMatching(/bucketArn.*\/\*$/),
    ]);
    expect(strings(sids.get("SendToMeterReadings")?.["actions"])).toContain("sqs:SendMessage");
    expect(sids.get("NoNetworkInterfacesForTheCode")?.["effect"]).toBe("Deny");
    const viaServices = objects(sids.get("UseDataKey")?.["condition"]).flatMap(({ values }) =>
      strings(values),
    );
    expect(viaServices).toEqual(["s3.eu-central-1.amazonaws.com", "sqs.eu-central-1.amazonaws.com"]);
  });

  it("has alarms on failures and on being held back", () =>
    expect(
      stack
        .resources("aws_cloudwatch_metric_alarm")
        .filter(({ id }) => id.startsWith("function_splitter_alarms"))
        .map(({ values }) => values["metric_name"]),
    ).toEqual(["Errors", "Throttles"]));
});

it("a function that the clock starts runs through a role for that schedule alone", () => {
  const stack = orders({ bucket: undefined, schedule: "rate(1 hour)" });
  expect(stack.only("aws_scheduler_schedule")).toMatchObject({
    schedule_expression: "rate(1 hour)",
    target: { role_arn: "${aws_iam_role.function_splitter_times_identity_role.arn}" },
  });
  expect(stack.resources("aws_cloudwatch_event_rule")).toEqual([]);
});

describe("a function's code", () => {
  /** The zip that a company's stack comes with, and what its JSON says of it. */
  function built(directory = temporaryFolder()) {
    const fleet = loadCompany(company());
    for (const file of ["index.mjs", "lib/lines.mjs"]) {
      const path = join(fleet.directory, "functions/splitter", file);
      utimesSync(path, new Date(Date.now() - 1e9 * Math.random()), new Date());
      chmodSync(path, 0o600);
    }
    const [live] = fleet.accounts.filter(({ name }) => name === "live");
    if (live === undefined) throw new Error("No account live");
    const app = new App({ outdir: directory });
    for (const plan of KINDS.flatMap((kind) => kind(fleet, live)))
      if (stackId(live, plan.concern, plan.name) === "live-service-orders") plan.build(app, {});
    app.synth();
    const folder = join(directory, "stacks/live-service-orders");
    const json = JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8"));
    const lambda = json.resource.aws_lambda_function.function_splitter_function;
    return { zip: readFileSync(join(folder, lambda.filename)), hash: lambda.source_code_hash as string };
  }

  it("is zipped beside the stack's JSON, all of it", () => {
    const { zip, hash } = built();
    const files = unzipSync(zip);
    expect(Object.keys(files)).toEqual(["index.mjs", "lib/lines.mjs"]);
    expect(Buffer.from(files["index.mjs"] ?? []).toString()).toBe(CODE);
    expect(createHash("sha256").update(zip).digest("base64")).toBe(hash);
  });

  it("is the same bytes from the same files, whatever their times and permissions", () =>
    expect(built().zip.equals(built().zip)).toBe(true));

  it("says the same day in any time zone: the earliest that a zip knows", () => {
    const header = built().zip.subarray(10, 14);
    expect([...header]).toEqual([0, 0, 0b00100001, 0]);
  });
});

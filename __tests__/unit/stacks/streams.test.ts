import { loadCompany, removeFolders, type Change } from "../../support/company";
import { object, objects, strings, synthesizedAlone } from "../../support/synthesized";

afterAll(removeFolders);

const data = {
  streams: {
    clicks: {},
    meters: { shardCount: 2, retentionHours: 48, shardLevelMetrics: ["IncomingBytes"] },
  },
  buckets: { pages: {} },
  deliveryStreams: {
    archive: { stream: "clicks", bucket: "pages", dynamicPartitioning: { kind: ".page.kind", at: ".site" } },
    "meters-archive": { stream: "meters", bucket: "pages", newLines: false },
  },
};
const company = (reading: object = {}): Change => ({
  accounts: { live: { data }, development: { data } },
  services: {
    orders: {
      streams: { clicks: "produce", meters: "consume" },
      functions: {
        collector: { stream: { name: "clicks", ...reading }, buckets: { pages: "readWrite" } },
      },
    },
  },
  files: { "functions/collector/index.mjs": "export const handler = async () => 1;\n" },
});
const fleet = loadCompany(company());
const stack = (id: string) => synthesizedAlone(fleet, id);
const statements = (id: string, policy: string) => {
  const made = stack(id);
  return made.statements(made.at(`aws_iam_role_policy.${policy}`)["policy"]);
};

describe("a stream", () => {
  it("has as many shards as its records need, or as it says", () => {
    expect(stack("live-data-clicks").only("aws_kinesis_stream")).toMatchObject({
      name: "live-clicks",
      stream_mode_details: { stream_mode: "ON_DEMAND" },
    });
    expect(stack("live-data-clicks").only("aws_kinesis_stream")).not.toHaveProperty("shard_count");
    expect(stack("live-data-meters").only("aws_kinesis_stream")).toMatchObject({
      stream_mode_details: { stream_mode: "PROVISIONED" },
      shard_count: 2,
      retention_period: 48,
      shard_level_metrics: ["IncomingBytes"],
    });
  });

  it("is encrypted, and is kept for a week where it cannot be destroyed either", () => {
    expect(stack("live-data-clicks").only("aws_kinesis_stream")).toMatchObject({
      encryption_type: "KMS",
      kms_key_id: expect.stringContaining("dataKeyArn"),
      retention_period: 168,
      enforce_consumer_deletion: false,
      lifecycle: { prevent_destroy: true },
    });
    expect(stack("development-data-clicks").only("aws_kinesis_stream")).toMatchObject({
      retention_period: 24,
      enforce_consumer_deletion: true,
      lifecycle: { prevent_destroy: false },
    });
  });

  it("wakes somebody before records are lost, and tells of readers and writers that are held back", () => {
    const alarms = new Map(
      stack("live-data-clicks")
        .resources("aws_cloudwatch_metric_alarm")
        .map(({ id, values }) => [id, values]),
    );
    expect(alarms.get("store_nearly_lost")).toMatchObject({
      threshold: 84 * 3_600_000,
      alarm_actions: [expect.stringContaining("criticalTopicArn")],
    });
    expect(alarms.get("store_late")).toMatchObject({
      metric_name: "GetRecords.IteratorAgeMilliseconds",
      threshold: 900_000,
      alarm_actions: [expect.stringContaining("warningTopicArn")],
    });
    expect([...alarms.values()].map(({ metric_name }) => metric_name)).toEqual(
      expect.arrayContaining(["ReadProvisionedThroughputExceeded", "WriteProvisionedThroughputExceeded"]),
    );
  });
});

describe("a service with streams", () => {
  it("knows their names, and produces or consumes, under the key", () => {
    const [container] = stack("live-service-orders").containers();
    expect(objects(container?.["environment"])).toEqual(
      expect.arrayContaining([
        { name: "STREAM_CLICKS", value: expect.stringContaining("streamName") },
        { name: "STREAM_METERS", value: expect.stringContaining("streamName") },
      ]),
    );
    const found = statements("live-service-orders", "roles_task_policy");
    const of = (sid: string) => strings(found.find((each) => each["sid"] === sid)?.["actions"]);
    expect(of("ProduceToClicks")).toContain("kinesis:PutRecords");
    expect(of("ProduceToClicks")).not.toContain("kinesis:GetRecords");
    expect(of("ConsumeFromMeters")).toContain("kinesis:GetRecords");
    expect(of("ConsumeFromMeters")).not.toContain("kinesis:PutRecords");
    expect(JSON.stringify(found)).toContain("kinesis.eu-central-1.amazonaws.com");
  });
});

describe("a function that a stream starts", () => {
  it("tries again for six hours, in halves, and says where the rest is", () => {
    expect(stack("live-service-orders").only("aws_lambda_event_source_mapping")).toMatchObject({
      event_source_arn: expect.stringContaining("streamArn"),
      starting_position: "TRIM_HORIZON",
      bisect_batch_on_function_error: true,
      maximum_retry_attempts: 20,
      maximum_record_age_in_seconds: 21_600,
      parallelization_factor: 1,
      destination_config: { on_failure: { destination_arn: expect.stringContaining("failures_queue") } },
    });
  });

  it("may read that stream, decrypt its records, and write into its buckets", () => {
    const found = statements("live-service-orders", "function_collector_identity_role_policy");
    const of = (sid: string) => found.find((each) => each["sid"] === sid);
    expect(strings(of("PollStream")?.["actions"])).toContain("kinesis:GetRecords");
    expect(strings(of("PollStream")?.["resources"])[0]).toContain("streamArn");
    expect(strings(of("ReadAndWritePages")?.["actions"])).toContain("s3:PutObject");
    const [via] = objects(of("UseDataKey")?.["condition"]);
    expect(strings(via?.["values"])).toEqual([
      "kinesis.eu-central-1.amazonaws.com",
      "s3.eu-central-1.amazonaws.com",
      "sqs.eu-central-1.amazonaws.com",
    ]);
    const { variables } = object(stack("live-service-orders").only("aws_lambda_function")["environment"]);
    expect(object(variables)).toHaveProperty("BUCKET_PAGES");
  });

  it("is run for the records that match its filters only", () => {
    const filtered = synthesizedAlone(
      loadCompany(company({ filters: [{ data: { page: ["home"] } }], reportBatchItemFailures: true })),
      "live-service-orders",
    );
    expect(filtered.only("aws_lambda_event_source_mapping")).toMatchObject({
      function_response_types: ["ReportBatchItemFailures"],
      filter_criteria: { filter: [{ pattern: '${jsonencode({"data" = {"page" = ["home"]}})}' }] },
    });
  });

  it("tells of records that it gives up soon", () => {
    expect(
      stack("live-service-orders").at("aws_cloudwatch_metric_alarm.function_collector_records_late"),
    ).toMatchObject({ metric_name: "IteratorAge", threshold: 10_800_000 });
  });
});

describe("a delivery stream", () => {
  const delivery = (id: string) => stack(id).only("aws_kinesis_firehose_delivery_stream");

  it("gathers a stream's records into folders by time, compressed, under the account's key", () => {
    expect(delivery("live-data-meters-archive")).toMatchObject({
      name: "live-meters-archive",
      kinesis_source_configuration: { kinesis_stream_arn: expect.stringContaining("data_meters") },
      extended_s3_configuration: {
        bucket_arn: expect.stringContaining("data_pages"),
        kms_key_arn: expect.stringContaining("dataKeyArn"),
        compression_format: "GZIP",
        buffering_size: 64,
        prefix: expect.stringMatching(/^meters-archive\/year=!\{timestamp:yyyy\}\//),
        error_output_prefix: expect.stringMatching(
          /^errors\/meters-archive\/!\{firehose:error-output-type\}\//,
        ),
      },
    });
    const { extended_s3_configuration: target } = delivery("live-data-meters-archive");
    expect(target).not.toHaveProperty("processing_configuration");
    expect(target).not.toHaveProperty("dynamic_partitioning_configuration");
  });

  it("makes folders of what records say", () => {
    expect(delivery("live-data-archive")["extended_s3_configuration"]).toMatchObject({
      prefix: expect.stringContaining(
        "archive/at=!{partitionKeyFromQuery:at}/kind=!{partitionKeyFromQuery:kind}/year=",
      ),
      dynamic_partitioning_configuration: { enabled: true },
      processing_configuration: {
        enabled: true,
        processors: [
          {
            type: "MetadataExtraction",
            parameters: [
              { parameter_name: "MetadataExtractionQuery", parameter_value: "{at:.site,kind:.page.kind}" },
              { parameter_name: "JsonParsingEngine", parameter_value: "JQ-1.6" },
            ],
          },
          { type: "AppendDelimiterToRecord" },
        ],
      },
    });
  });

  it("writes into its own folders only, and says in a log of its own what it could not", () => {
    const made = stack("live-data-archive");
    const found = made.statements(made.only("aws_iam_role_policy")["policy"]);
    const write = found.find(({ sid }) => sid === "WriteObjects");
    expect(strings(write?.["resources"]).map((arn) => arn.replace(/^.*\}\//, ""))).toEqual([
      "archive/*",
      "errors/archive/*",
    ]);
    expect(made.only("aws_iam_role")).toMatchObject({
      path: "/slipway/",
      permissions_boundary: expect.stringContaining("slipway-boundary"),
    });
    expect(made.only("aws_cloudwatch_log_group")).toMatchObject({
      name: "/slipway/live/data/archive",
      retention_in_days: 30,
      kms_key_id: expect.stringContaining("logsKeyArn"),
    });
  });

  it("wakes somebody when it cannot write, and lags with a warning", () => {
    const metrics = stack("live-data-archive")
      .resources("aws_cloudwatch_metric_alarm")
      .map(({ values }) => values["metric_name"]);
    expect(metrics.sort()).toEqual([
      "DeliveryToS3.DataFreshness",
      "DeliveryToS3.Success",
      "KinesisMillisBehindLatest",
      "PartitionCountExceeded",
    ]);
  });
});

import { loadCompany, removeFolders, type Change } from "../../support/company";
import { object, objects, strings, synthesizedAlone } from "../../support/synthesized";

afterAll(removeFolders);

const KEY = "arn:aws:kms:eu-central-1:200000000002:key/copies";
const papers = {
  objectLock: { mode: "COMPLIANCE", years: 10 },
  mustKeep: { years: 10, because: "§ 147 AO" },
  transitions: [
    { days: 30, storageClass: "STANDARD_IA" },
    { days: 365, storageClass: "GLACIER" },
  ],
  replicateTo: { account: "shared-services", bucket: "copies", replicationTime: true },
};
const company = (
  facts: Record<string, unknown> = { "shared-services": { replicas: { copies: { kmsKeyArn: KEY } } } },
): Change => ({
  accounts: {
    live: { data: { buckets: { papers, plain: {} } } },
    "shared-services": {
      data: { buckets: { copies: { objectLock: papers.objectLock, mustKeep: papers.mustKeep } } },
    },
    development: { data: { buckets: { papers: { objectLock: { mode: "GOVERNANCE", days: 1 } } } } },
  },
  facts,
});
const fleet = loadCompany(company());
const stack = (id: string) => synthesizedAlone(fleet, id);
const source = () => stack("live-data-papers");
const policyOf = (id: string) => {
  const made = stack(id);
  return made.statements(made.only("aws_s3_bucket_policy")["policy"]);
};

describe("an archive", () => {
  it("steps down through storage classes, its replaced versions too", () => {
    const { rule } = source().only("aws_s3_bucket_lifecycle_configuration");
    expect(objects(rule)[0]).toMatchObject({
      transition: [
        { days: 30, storage_class: "STANDARD_IA" },
        { days: 365, storage_class: "GLACIER" },
      ],
      noncurrent_version_transition: [{ noncurrent_days: 30, storage_class: "STANDARD_IA" }],
      noncurrent_version_expiration: [{ noncurrent_days: 90 }],
    });
  });

  it("locks each version from the beginning", () => {
    expect(source().only("aws_s3_bucket")["object_lock_enabled"]).toBe(true);
    expect(source().only("aws_s3_bucket_object_lock_configuration")).toMatchObject({
      rule: { default_retention: { mode: "COMPLIANCE", years: 10 } },
      depends_on: ["aws_s3_bucket_versioning.store_versioning"],
      lifecycle: { prevent_destroy: true },
    });
  });

  it("lets nobody past its locks, and only the code shorten what it keeps", () => {
    const found = policyOf("live-data-papers");
    expect(found.find(({ sid }) => sid === "NobodyPassesLocks")).toMatchObject({
      effect: "Deny",
      actions: ["s3:BypassGovernanceRetention"],
      principals: [{ type: "*", identifiers: ["*"] }],
    });
    const [condition] = objects(found.find(({ sid }) => sid === "OnlyCodeShortens")?.["condition"]);
    expect(condition).toMatchObject({
      test: "ArnNotEquals",
      variable: "aws:PrincipalArn",
      values: ["arn:aws:iam::200000000003:role/slipway-apply"],
    });
  });

  it("can be emptied where nothing is protected, by whoever applies there and nowhere else", () => {
    const actions = (id: string) =>
      stack(id)
        .dataSources("aws_iam_policy_document")
        .flatMap(({ values }) => objects(values["statement"]))
        .flatMap((statement) => strings(statement["actions"] ?? []));
    expect(actions("development-permissions")).toContain("s3:BypassGovernanceRetention");
    expect(actions("live-permissions")).not.toContain("s3:BypassGovernanceRetention");
    expect(policyOf("development-data-papers").map(({ sid }) => sid)).toEqual(["DenyInsecureTransport"]);
  });

  it("leaves a plain bucket as it was", () => {
    const plain = stack("live-data-plain");
    expect(plain.only("aws_s3_bucket")).not.toHaveProperty("object_lock_enabled");
    expect(plain.resources("aws_s3_bucket_object_lock_configuration")).toEqual([]);
    expect(policyOf("live-data-plain").map(({ sid }) => sid)).toEqual(["DenyInsecureTransport"]);
  });
});

describe("its copies in another account", () => {
  it("are encrypted there under that account's key, within 15 minutes", () => {
    const [rule] = objects(source().only("aws_s3_bucket_replication_configuration")["rule"]);
    expect(rule).toMatchObject({
      status: "Enabled",
      delete_marker_replication: { status: "Disabled" },
      source_selection_criteria: { sse_kms_encrypted_objects: { status: "Enabled" } },
      destination: {
        bucket: "arn:aws:s3:::acme-shared-services-copies-200000000002",
        encryption_configuration: { replica_kms_key_id: KEY },
        replication_time: { status: "Enabled", time: { minutes: 15 } },
        metrics: { status: "Enabled", event_threshold: { minutes: 15 } },
      },
    });
  });

  it("are made by a role that reads this bucket, decrypts it, and writes nothing but copies", () => {
    const made = source();
    const found = made.statements(made.only("aws_iam_role_policy")["policy"]);
    const of = (sid: string) => object(found.find((each) => each["sid"] === sid));
    expect(strings(of("ReadVersions")["actions"])).toContain("s3:GetObjectRetention");
    expect(of("WriteCopies")).toMatchObject({
      actions: ["s3:ReplicateDelete", "s3:ReplicateObject", "s3:ReplicateTags"],
      resources: ["arn:aws:s3:::acme-shared-services-copies-200000000002/*"],
    });
    expect(of("EncryptCopies")).toMatchObject({ resources: [KEY] });
    expect(made.only("aws_iam_role")).toMatchObject({
      name: "live-papers-replication",
      path: "/slipway/",
      permissions_boundary: expect.stringContaining("slipway-boundary"),
    });
  });

  it("are let in by the bucket and the key of the other account, from that role alone", () => {
    const role = "arn:aws:iam::200000000003:role/slipway/live-papers-replication";
    const arrive = policyOf("shared-services-data-copies").find(({ sid }) => sid === "CopiesFromLivePapers");
    expect(arrive).toMatchObject({
      principals: [{ type: "AWS", identifiers: ["arn:aws:iam::200000000003:root"] }],
      condition: [{ test: "ArnEquals", variable: "aws:PrincipalArn", values: [role] }],
    });
    const secrets = stack("shared-services-secrets");
    const key = secrets.statements(secrets.at("aws_kms_key.data_key")["policy"]);
    expect(key.find(({ sid }) => sid === "CopiesArrive")).toMatchObject({
      actions: ["kms:Encrypt", "kms:GenerateDataKey"],
      condition: [
        { variable: "aws:PrincipalArn", values: [role] },
        { variable: "kms:ViaService", values: ["s3.eu-central-1.amazonaws.com"] },
      ],
    });
  });

  it("wake somebody when one is missing", () => {
    expect(source().at("aws_cloudwatch_metric_alarm.replication_failed")).toMatchObject({
      metric_name: "OperationsFailedReplication",
      alarm_actions: [expect.stringContaining("criticalTopicArn")],
      dimensions: expect.objectContaining({ SourceBucket: "acme-live-papers-200000000003" }),
    });
  });

  it("wait until it is recorded that they have a place", () => {
    const waiting = synthesizedAlone(loadCompany(company({})), "live-data-papers");
    expect(waiting.resources("aws_s3_bucket_replication_configuration")).toEqual([]);
    expect(waiting.resources("aws_s3_bucket")).toHaveLength(1);
  });
});

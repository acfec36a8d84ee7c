import { EncryptionKey } from "../../../modules/data/encryption-key";
import { Secret } from "../../../modules/data/secret";
import { SecureBucket, type SecureBucketProps } from "../../../modules/data/secure-bucket";
import { removeFolders } from "../../support/company";
import { madeBy } from "../../support/module-under-test";
import { object, objects } from "../../support/synthesized";

afterAll(removeFolders);

const bucket = (props: Partial<SecureBucketProps> = {}) =>
  madeBy(
    (stack) => new SecureBucket(stack, "store", { bucketName: "acme-store", protection: true, ...props }),
  );
const KEY = "arn:aws:kms:eu-central-1:200000000003:key/k";

describe("SecureBucket", () => {
  const encryption = (of = bucket()) => {
    const [rule] = objects(of.only("aws_s3_bucket_server_side_encryption_configuration")["rule"]);
    return {
      ...object(rule?.["apply_server_side_encryption_by_default"]),
      key: rule?.["bucket_key_enabled"],
    };
  };
  const rule = (of = bucket()) => objects(of.only("aws_s3_bucket_lifecycle_configuration")["rule"])[0];

  it("encrypts by S3's own key when it is given none", () => {
    expect(encryption()).toEqual({ sse_algorithm: "AES256", key: false });
  });

  it("encrypts by the customer key, once a bucket and not once an object", () => {
    expect(encryption(bucket({ kmsKeyArn: KEY }))).toEqual({
      sse_algorithm: "aws:kms",
      kms_master_key_id: KEY,
      key: true,
    });
  });

  it("keeps objects unless it is told to expire them", () => {
    expect(rule()?.["expiration"]).toBeUndefined();
    expect(rule(bucket({ expireAfterDays: 365 }))?.["expiration"]).toEqual([{ days: 365 }]);
  });

  it("keeps replaced objects for ninety days unless it is told otherwise", () => {
    expect(rule()?.["noncurrent_version_expiration"]).toEqual([{ noncurrent_days: 90 }]);
  });

  it("is emptied by a destroy only where nothing protects it", () => {
    expect(bucket().only("aws_s3_bucket")["force_destroy"]).toBe(false);
    expect(bucket({ protection: false }).only("aws_s3_bucket")["force_destroy"]).toBe(true);
  });

  it("takes its policy after its access block: S3 refuses both at one moment", () => {
    expect(bucket().only("aws_s3_bucket_policy")["depends_on"]).toEqual([
      bucket().resources("aws_s3_bucket_public_access_block")[0]?.address,
    ]);
  });

  it("belongs to its owner whoever wrote the object", () => {
    const { rule: ownership } = bucket().only("aws_s3_bucket_ownership_controls");

    expect(object(ownership)["object_ownership"]).toBe("BucketOwnerEnforced");
  });
});

describe("EncryptionKey", () => {
  const key = () =>
    madeBy(
      (stack) =>
        new EncryptionKey(stack, "data", {
          alias: "alias/data",
          description: "Data",
          accountRootArn: "arn:aws:iam::200000000003:root",
          protection: true,
        }),
    );

  it("leaves its administration to the account, so that nobody is locked out", () => {
    expect(key().statements(key().only("aws_kms_key")["policy"])).toEqual([
      {
        sid: "AccountAdministers",
        actions: ["kms:*"],
        resources: ["*"],
        principals: [{ type: "AWS", identifiers: ["arn:aws:iam::200000000003:root"] }],
      },
    ]);
  });

  it("has the alias it is known by", () => {
    const made = key();
    const [only] = made.resources("aws_kms_key");

    expect(made.only("aws_kms_alias")).toMatchObject({
      name: "alias/data",
      target_key_id: `\${${only?.address}.key_id}`,
    });
  });
});

describe("Secret", () => {
  it("is a place in Secrets Manager, without a value", () => {
    const made = madeBy(
      (stack) =>
        new Secret(stack, "token", {
          secretName: "live/token",
          description: "A token",
          kmsKeyArn: KEY,
          recoveryWindowInDays: 7,
          protection: false,
        }),
    );

    expect(made.resources().map(({ type }) => type)).toEqual(["aws_secretsmanager_secret"]);
    expect(made.only("aws_secretsmanager_secret")).toMatchObject({
      kms_key_id: KEY,
      recovery_window_in_days: 7,
    });
  });
});

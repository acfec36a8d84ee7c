import { findingIf, type Guardrail } from "../guardrail";
import { block, blocks, isExpression, show } from "../values";
import { companions } from "./bucket-companions";

/** The bucket of the states outlives everything in the account; what else a bucket needs, bucket-companions says. */
export const stateBucket: Guardrail = {
  id: "state-bucket",
  controls: ["S3.17", "CKV_AWS_145"],
  description:
    "The bucket of Terraform's states is under a customer key, keeps its objects, and cannot be destroyed",
  types: ["aws_s3_bucket"],
  check: (bucket, stack) => {
    const stateBucketName = stack.ofType("terraform.backend")[0]?.attributes["bucket"];
    if (bucket.attributes["bucket"] !== stateBucketName) return [];
    const rules = companions(bucket, "aws_s3_bucket_server_side_encryption_configuration", stack).flatMap(
      ({ attributes }) => blocks(attributes["rule"]),
    );
    const encryption = block(rules[0]?.["apply_server_side_encryption_by_default"]);
    const key = encryption["kms_master_key_id"];
    const ownKey = isExpression(key) ? stack.follow(key)?.type === "aws_kms_key" : /:kms:/.test(String(key));
    const expiring = companions(bucket, "aws_s3_bucket_lifecycle_configuration", stack)
      .flatMap(({ attributes }) => blocks(attributes["rule"]))
      .filter((rule) => rule["expiration"] !== undefined);
    const { lifecycle, force_destroy: forceDestroy } = bucket.attributes;
    return [
      ...findingIf(
        encryption["sse_algorithm"] !== "aws:kms" || !ownKey,
        `encryption ${show(encryption["sse_algorithm"])}, key ${show(key)}`,
        "aws:kms with a customer managed key",
      ),
      ...findingIf(
        expiring.length > 0,
        "a lifecycle rule that expires current objects",
        "rules for old versions only: a state that expires is lost",
      ),
      ...findingIf(
        !stack.facts.lifted && (block(lifecycle)["prevent_destroy"] !== true || forceDestroy === true),
        `prevent_destroy ${show(block(lifecycle)["prevent_destroy"])}, force_destroy ${show(forceDestroy)}`,
        "prevent_destroy true and force_destroy false, in every environment",
      ),
    ];
  },
};

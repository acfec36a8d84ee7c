import type { AuditedResource, AuditedStack } from "../audited-stack";
import { findingIf, type Guardrail } from "../guardrail";
import { resourcePolicy } from "../policies";
import { block, strings } from "../values";

const ACCESS_BLOCKS = [
  "block_public_acls",
  "block_public_policy",
  "ignore_public_acls",
  "restrict_public_buckets",
] as const;

/** The resources of a type that belong to a bucket, by reference or by its literal name. */
export function companions(
  bucket: AuditedResource,
  type: string,
  stack: AuditedStack,
): readonly AuditedResource[] {
  return stack.ofType(type).filter(({ attributes }) => {
    const name = attributes["bucket"];
    return stack.follow(name) === bucket || (name !== undefined && name === bucket.attributes["bucket"]);
  });
}

/** A bucket is six resources; each of them that is forgotten leaves a door open. */
export const bucketCompanions: Guardrail = {
  id: "bucket-companions",
  controls: ["S3.1", "S3.5", "S3.8", "S3.12", "S3.14", "CKV_AWS_21", "CKV2_AWS_6"],
  description: "Every bucket is private, versioned, encrypted, and speaks TLS only",
  types: ["aws_s3_bucket"],
  check: (bucket, stack) => {
    const one = (type: string) => companions(bucket, type, stack)[0];
    const accessBlock = one("aws_s3_bucket_public_access_block")?.attributes ?? {};
    const versioning = block(one("aws_s3_bucket_versioning")?.attributes["versioning_configuration"]);
    const ownership = block(one("aws_s3_bucket_ownership_controls")?.attributes["rule"]);
    const open = ACCESS_BLOCKS.filter((argument) => accessBlock[argument] !== true);
    return [
      ...findingIf(
        open.length > 0,
        `aws_s3_bucket_public_access_block without ${open.join(", ")}`,
        `all four true: ${ACCESS_BLOCKS.join(", ")}`,
      ),
      ...findingIf(
        versioning["status"] !== "Enabled",
        "a bucket without aws_s3_bucket_versioning that is Enabled",
        "versioning: what is overwritten or deleted can be restored",
      ),
      ...findingIf(
        one("aws_s3_bucket_server_side_encryption_configuration") === undefined,
        "a bucket without aws_s3_bucket_server_side_encryption_configuration",
        "encryption stated in code, by a customer key wherever what delivers into the bucket takes one",
      ),
      ...findingIf(
        ownership["object_ownership"] !== "BucketOwnerEnforced",
        "a bucket whose objects may have access lists",
        "aws_s3_bucket_ownership_controls with BucketOwnerEnforced",
      ),
      ...findingIf(
        !refusesPlainHttp(bucket, stack),
        "no policy that refuses requests without TLS for the bucket and its objects",
        "a Deny of s3:* for everyone when aws:SecureTransport is false",
      ),
    ];
  },
};

function refusesPlainHttp(bucket: AuditedResource, stack: AuditedStack): boolean {
  return companions(bucket, "aws_s3_bucket_policy", stack)
    .flatMap((policy) => resourcePolicy(policy, stack).statements)
    .some(
      ({ effect, actions, resources, principals, conditions }) =>
        effect === "Deny" &&
        actions.some((action) => action === "s3:*" || action === "*") &&
        principals.some(({ identifiers }) => identifiers.includes("*")) &&
        covers(resources, bucket, stack) &&
        conditions.length === 1 &&
        conditions.some(
          ({ test, variable, values }) =>
            test === "Bool" &&
            variable.toLowerCase() === "aws:securetransport" &&
            strings(values).join() === "false",
        ),
    );
}

/** Whether resources are the bucket itself and all of its objects. */
function covers(resources: readonly string[], bucket: AuditedResource, stack: AuditedStack): boolean {
  if (resources.includes("*")) return true;
  const name = bucket.attributes["bucket"];
  const isBucket = (arn: string) => stack.follow(arn) === bucket || arn === `arn:aws:s3:::${String(name)}`;
  return (
    resources.some(isBucket) &&
    resources.some((arn) => arn.endsWith("/*") && isBucket(arn.slice(0, -"/*".length)))
  );
}

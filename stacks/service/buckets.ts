import type { Service } from "../../environments/schema/service";
import { read } from "../contract";
import { bucketContract } from "../contracts";
import type { PlatformStack } from "../platform-stack";
import { pascal, variable, type Contribution, type ServiceFeature } from "./feature";

const READ = ["s3:GetObject"];
const WRITE = ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:ListMultipartUploadParts", "s3:PutObject"];

/** `buckets`: the name as `BUCKET_<NAME>`, and what the service does in it; versions are out of its reach. */
export const buckets: ServiceFeature = ({ stack, definition }) => bucketsOf(stack, definition.buckets);

/** The same of any `buckets`, be they a task's or a function's. */
export function bucketsOf(stack: PlatformStack, used: Service["buckets"]) {
  const found = Object.entries(used)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, access]) => ({ name, access, bucket: read(stack, bucketContract(name)) }));
  return {
    environment: Object.fromEntries(
      found.map(({ name, bucket }) => [`BUCKET_${variable(name)}`, bucket.bucketName]),
    ),
    statements: found.flatMap(({ name, access, bucket: { bucketArn } }) => [
      {
        sid: `List${pascal(name)}`,
        actions: ["s3:GetBucketLocation", "s3:ListBucket"],
        resources: [bucketArn],
      },
      {
        sid: `${access === "read" ? "Read" : "ReadAndWrite"}${pascal(name)}`,
        actions: access === "read" ? READ : [...READ, ...WRITE].sort(),
        resources: [`${bucketArn}/*`],
      },
    ]),
    keyUsers: found.length > 0 ? ["s3"] : [],
  } satisfies Contribution;
}

import { read } from "../contract";
import { bucketContract } from "../contracts";
import { pascal, variable, type ServiceFeature } from "./feature";

const READ = ["s3:GetObject"];
const WRITE = ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:ListMultipartUploadParts", "s3:PutObject"];

/** `buckets`: the name as `BUCKET_<NAME>`, and what the service does in it; versions are out of its reach. */
export const buckets: ServiceFeature = ({ stack, definition }) => {
  const found = Object.entries(definition.buckets)
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
  };
};

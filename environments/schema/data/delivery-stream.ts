import { z } from "zod";
import { slug } from "../common";

const COMPRESSION = ["GZIP", "UNCOMPRESSED", "ZIP", "Snappy", "HADOOP_SNAPPY"] as const;

/** A Firehose stream: what comes by a stream of the account is gathered and left in one of its buckets. */
export const deliveryStream = z.strictObject({
  stream: slug(24).describe("Stream of the account's `data` that it reads."),
  bucket: slug(24).describe("Bucket of the account's `data` that it fills."),
  bufferingInterval: z
    .number()
    .int()
    .min(0)
    .max(900)
    .default(300)
    .describe("Seconds after which what was gathered is written, however little. Default: 300."),
  bufferingSize: z
    .number()
    .int()
    .min(1)
    .max(128)
    .default(64)
    .describe("MiB at which what was gathered is written, however soon. Default: 64."),
  compressionFormat: z
    .enum(COMPRESSION)
    .default("GZIP")
    .describe("How objects are compressed. Default: GZIP."),
  newLines: z
    .boolean()
    .default(true)
    .describe("Whether each record ends its line; of records that do so themselves, false. Default: true."),
  dynamicPartitioning: z
    .record(
      z.string().regex(/^[a-z][a-z0-9_]{0,29}$/, "lower-case letters, digits and _"),
      z.string().regex(/^\.[^"\\{}]{1,200}$/, "a jq expression such as .page.kind"),
    )
    .optional()
    .describe(
      "Folders by what JSON records say: name of the folder to a jq expression such as `.page.kind`. Default: folders by time only.",
    ),
});

export type DeliveryStream = z.output<typeof deliveryStream>;

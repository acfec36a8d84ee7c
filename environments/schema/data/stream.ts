import { z } from "zod";

/** https://docs.aws.amazon.com/streams/latest/dev/monitoring-with-cloudwatch.html#kinesis-metrics-shard */
const SHARD_METRICS = [
  "IncomingBytes",
  "IncomingRecords",
  "IteratorAgeMilliseconds",
  "OutgoingBytes",
  "OutgoingRecords",
  "ReadProvisionedThroughputExceeded",
  "WriteProvisionedThroughputExceeded",
] as const;

/** A Kinesis data stream: records by key in their order, kept for a while, for any number of readers. */
export const stream = z.strictObject({
  shardCount: z
    .number()
    .int()
    .min(1)
    .max(10_000)
    .optional()
    .describe(
      "Shards, each for 1 MiB or 1000 records a second. Default: none; AWS has as many as the records need.",
    ),
  retentionHours: z
    .number()
    .int()
    .min(24)
    .max(8760)
    .optional()
    .describe("Hours for which records can be read. Default: 168 in protected accounts, else 24."),
  shardLevelMetrics: z
    .array(z.enum(SHARD_METRICS))
    .default([])
    .describe("Metrics of each shard, which cost extra. Default: none; those of the stream are free."),
  alarmAgeSeconds: z
    .number()
    .int()
    .min(60)
    .default(900)
    .describe("Seconds by which the slowest reader may lag before somebody is told. Default: 900."),
});

export type Stream = z.output<typeof stream>;

/** Hours for which a stream's records can be read. */
export const streamRetention = ({ retentionHours }: Stream, deletionProtection: boolean) =>
  retentionHours ?? (deletionProtection ? 168 : 24);

/** Shards that AWS gives a new stream on demand. https://docs.aws.amazon.com/streams/latest/dev/how-do-i-size-a-stream.html */
export const FIRST_SHARDS = 4;

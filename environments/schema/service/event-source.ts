import { z } from "zod";
import { slug } from "../common";
import { seconds } from "./seconds";

/**
 * How Lambda reads a stream for a function.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-parameters.html
 */
export const eventSource = z.strictObject({
  name: slug(24).describe("Stream of the account's `data`."),
  startingPosition: z
    .enum(["TRIM_HORIZON", "LATEST"])
    .default("TRIM_HORIZON")
    .describe("Where it begins, once: with the oldest record, or with the next. Default: TRIM_HORIZON."),
  batchSize: z
    .number()
    .int()
    .min(1)
    .max(10_000)
    .default(100)
    .describe("Most records at a time. Default: 100."),
  maximumBatchingWindowInSeconds: seconds(0, 300)
    .default(5)
    .describe("Seconds that it waits for more records. Default: 5."),
  parallelizationFactor: z
    .number()
    .int()
    .min(1)
    .max(10)
    .default(1)
    .describe("Batches of a shard at a time; records of one key keep their order. Default: 1."),
  maximumRetryAttempts: z
    .number()
    .int()
    .min(0)
    .max(10_000)
    .default(20)
    .describe("Times that a batch is tried again, the rest of its shard waiting. Default: 20."),
  maximumRecordAgeInSeconds: seconds(60, 604_800)
    .default(21_600)
    .describe("Age from which a record is not tried any more, seconds. Default: 21600, six hours."),
  bisectBatchOnFunctionError: z
    .boolean()
    .default(true)
    .describe(
      "Whether a failed batch is tried in halves, so that one bad record is left alone. Default: true.",
    ),
  reportBatchItemFailures: z
    .boolean()
    .default(false)
    .describe("Whether the code answers which records failed (batchItemFailures). Default: false."),
  filters: z
    .array(z.record(z.string(), z.unknown()))
    .max(5)
    .default([])
    .describe("Patterns of the records that it is run for; one has to match. Default: all records."),
});

export type EventSource = z.output<typeof eventSource>;

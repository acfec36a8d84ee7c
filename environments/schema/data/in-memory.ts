import { z } from "zod";

/** What caches and in-memory databases say alike. */
export const inMemory = {
  replicasPerShard: z
    .number()
    .int()
    .min(0)
    .max(5)
    .optional()
    .describe("Nodes beside each primary. Default: 1 where the account is `multiAz`, else none."),
  snapshotRetentionDays: z
    .number()
    .int()
    .min(1)
    .max(35)
    .optional()
    .describe("Days for which daily snapshots are kept. Default: 35 in protected accounts, else 7."),
  parameters: z
    .record(z.string().regex(/^[a-z][a-z0-9-]*$/, "a parameter's name"), z.string())
    .default({})
    .describe(
      "Parameters of the engine, such as maxmemory-policy and notify-keyspace-events. Default: the engine's own.",
    ),
  seedFrom: z
    .array(z.string().regex(/^arn:aws:s3:::[^,]+\.rdb$/, "the ARN of an .rdb file in S3"))
    .max(500)
    .default([])
    .describe(
      "Snapshots in S3 that it begins with; afterwards they are of no account. Default: it begins empty.",
    ),
};

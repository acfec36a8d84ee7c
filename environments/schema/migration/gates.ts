import { z } from "zod";

/** Limits within which a phase may be left. */
export const gates = z.strictObject({
  maxCdcLatencySeconds: z
    .number()
    .int()
    .min(1)
    .max(3600)
    .default(60)
    .describe("Seconds by which the target may be behind the source. Default: 60."),
  stableMinutes: z
    .number()
    .int()
    .min(5)
    .max(1440)
    .default(15)
    .describe("Minutes for which that must have been so without a break. Default: 15."),
  maxFailedRecords: z
    .number()
    .int()
    .min(0)
    .default(0)
    .describe("Records that may differ between source and target; failed and suspended ones. Default: 0."),
  maxPendingRecords: z
    .number()
    .int()
    .min(0)
    .default(0)
    .describe("Records that may still wait to be compared. Default: 0."),
});

export type Gates = z.output<typeof gates>;

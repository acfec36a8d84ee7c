import { z } from "zod";

/** When a service's owner is told. */
export const alarms = z.strictObject({
  http5xxPercent: z
    .number()
    .min(0.1)
    .max(100)
    .default(5)
    .describe("Per cent of answers that may be 5xx. Default: 5."),
  latencyP95Seconds: z
    .number()
    .min(0.01)
    .max(300)
    .default(2)
    .describe("95th percentile of response time, seconds. Default: 2."),
  logErrors: z
    .number()
    .int()
    .min(0)
    .default(10)
    .describe("Errors in the log, within five minutes and twice in a row, that may be. Default: 10."),
});

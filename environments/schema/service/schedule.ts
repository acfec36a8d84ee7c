import { z } from "zod";

/** When a scheduled task runs. https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html */
export const schedule = z.strictObject({
  expression: z
    .string()
    .regex(/^(rate|cron)\(.+\)$/, "rate(...) or cron(...)")
    .describe("When it runs: `rate(1 hour)`, or `cron(0 3 * * ? *)` of six fields."),
  timezone: z.string().default("UTC").describe("IANA time zone of a cron expression. Default: UTC."),
});

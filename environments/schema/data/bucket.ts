import { z } from "zod";

/** An S3 bucket: private, versioned, encrypted under the account's key. */
export const bucket = z.strictObject({
  expireAfterDays: z
    .number()
    .int()
    .min(1)
    .optional()
    .describe("Days after which objects are removed. Default: they stay."),
  keepVersionsDays: z
    .number()
    .int()
    .min(1)
    .default(90)
    .describe("Days for which replaced objects are kept. Default: 90."),
  archiveAfterDays: z
    .number()
    .int()
    .min(1)
    .optional()
    .describe("Days after which objects move to Glacier Instant Retrieval. Default: they do not."),
  events: z
    .boolean()
    .default(false)
    .describe(
      "Whether EventBridge is told of new objects, for functions that wait for them. Default: false.",
    ),
});

export type Bucket = z.output<typeof bucket>;

import { z } from "zod";

/** How many tasks run, and on what they scale. */
export const autoScaling = z.strictObject({
  minCapacity: z
    .number()
    .int()
    .min(1)
    .max(500)
    .optional()
    .describe("Fewest tasks. Default: the account's `minimumTasks`."),
  maxCapacity: z
    .number()
    .int()
    .min(1)
    .max(1000)
    .optional()
    .describe("Most tasks. Default: three times the fewest, at least 4."),
  cpu: z.number().min(10).max(90).default(60).describe("Average CPU use to hold, per cent. Default: 60."),
  memory: z
    .number()
    .min(10)
    .max(90)
    .optional()
    .describe("Average memory use to hold, per cent. Default: not scaled on."),
  requestsPerTarget: z
    .number()
    .int()
    .min(1)
    .optional()
    .describe("Requests a minute and task to hold. Default: not scaled on."),
  messagesPerTask: z
    .number()
    .int()
    .min(1)
    .optional()
    .describe("Messages that may wait in its queues for each task. Default: not scaled on."),
});

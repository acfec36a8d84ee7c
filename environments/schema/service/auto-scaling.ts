import { z } from "zod";
import { isTimezone, slug } from "../common";

/**
 * A policy that adds or removes more tasks the further a metric is beyond its threshold.
 * https://docs.aws.amazon.com/autoscaling/application/userguide/step-scaling-policy-overview.html
 */
const stepPolicy = z.strictObject({
  metric: z
    .strictObject({
      namespace: z.string().min(1).max(255).describe("Such as AWS/SQS, or one that the code writes."),
      metricName: z.string().min(1).max(255).describe("Such as ApproximateAgeOfOldestMessage."),
      dimensions: z
        .record(z.string(), z.string())
        .default({})
        .describe(
          "What tells it from others; {account}, {cluster} and {service} stand for their names. Default: none.",
        ),
      statistic: z
        .enum(["Average", "Maximum", "Minimum", "SampleCount", "Sum"])
        .default("Average")
        .describe("Of its samples in a period. Default: Average."),
    })
    .describe("What CloudWatch measures."),
  comparisonOperator: z
    .enum([
      "GreaterThanOrEqualToThreshold",
      "GreaterThanThreshold",
      "LessThanThreshold",
      "LessThanOrEqualToThreshold",
    ])
    .describe("When it is beyond its threshold."),
  threshold: z.number().describe("Where the steps begin."),
  period: z
    .union([z.literal(10), z.literal(30), z.number().int().min(60).max(3600).multipleOf(60)])
    .default(60)
    .describe("Seconds that one sample stands for. Default: 60."),
  evaluationPeriods: z
    .number()
    .int()
    .min(1)
    .max(24)
    .default(1)
    .describe("Periods in a row that it is beyond its threshold. Default: 1."),
  adjustmentType: z
    .enum(["ChangeInCapacity", "PercentChangeInCapacity", "ExactCapacity"])
    .default("ChangeInCapacity")
    .describe(
      "Whether an adjustment is of tasks, of per cent of them, or their number. Default: ChangeInCapacity.",
    ),
  cooldown: z
    .number()
    .int()
    .min(0)
    .max(3600)
    .default(60)
    .describe("Seconds between two adjustments. Default: 60."),
  steps: z
    .array(
      z.strictObject({
        beyond: z.number().min(0).describe("How far beyond the threshold the step begins; 0 is the first."),
        adjustment: z.number().int().describe("Tasks, or per cent, to add; negative to remove."),
      }),
    )
    .min(1)
    .max(20)
    .describe("Steps, the nearest to the threshold first."),
});

/**
 * Fewest and most tasks from some time on.
 * https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-scheduled-scaling.html
 */
const scheduledAction = z.strictObject({
  schedule: z
    .string()
    .regex(/^cron\(.+\)$/, "cron(...) of six fields")
    .describe("When: `cron(0 7 ? * MON-FRI *)`; with a year as its last field, once."),
  timezone: z
    .string()
    .refine(isTimezone, "an IANA time zone such as Europe/Berlin")
    .default("UTC")
    .describe("IANA time zone of `schedule`. Default: UTC."),
  minCapacity: z
    .number()
    .int()
    .min(0)
    .max(500)
    .optional()
    .describe("Fewest tasks from then on. Default: those of `autoScaling`, to which it returns."),
  maxCapacity: z
    .number()
    .int()
    .min(0)
    .max(1000)
    .optional()
    .describe("Most tasks from then on. Default: those of `autoScaling`, to which it returns."),
});

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
  scaleOutCooldown: z
    .number()
    .int()
    .min(0)
    .max(3600)
    .default(60)
    .describe("Seconds between two additions of tasks to hold one of the above. Default: 60."),
  scaleInCooldown: z
    .number()
    .int()
    .min(0)
    .max(3600)
    .default(300)
    .describe("Seconds between two removals of tasks. Default: 300."),
  stepScaling: z
    .record(slug(20), stepPolicy)
    .default({})
    .describe("Policies of alarm and steps, by name. Default: none."),
  scheduledActions: z
    .record(slug(20), scheduledAction)
    .default({})
    .describe(
      "Other fewest and most tasks at some hours, by name; one of them must return. Where the service follows its account's working hours, these alone hold. Default: none.",
    ),
});

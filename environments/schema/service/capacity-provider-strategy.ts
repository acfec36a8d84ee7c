import { z } from "zod";

/**
 * How tasks are spread over capacity providers.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html
 */
export const capacityProviderStrategy = z
  .array(
    z.strictObject({
      capacityProvider: z
        .string()
        .describe("FARGATE, FARGATE_SPOT, or a name of the account's `hosting.capacityProviders`."),
      base: z
        .number()
        .int()
        .min(0)
        .max(100_000)
        .default(0)
        .describe("Tasks that run on it before any is spread; on one of them only. Default: 0."),
      weight: z
        .number()
        .int()
        .min(0)
        .max(1000)
        .default(1)
        .describe("Its share of the tasks beyond `base`. Default: 1."),
    }),
  )
  .min(1)
  .max(20);

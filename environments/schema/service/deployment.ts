import { z } from "zod";

/** How a deployment replaces tasks. */
export const deploymentConfiguration = z.strictObject({
  minimumHealthyPercent: z
    .number()
    .int()
    .min(0)
    .max(100)
    .default(100)
    .describe("Per cent of tasks that stay in service during a deployment. Default: 100."),
  maximumPercent: z
    .number()
    .int()
    .min(100)
    .max(200)
    .default(200)
    .describe("Per cent of tasks that may run during a deployment. Default: 200."),
});

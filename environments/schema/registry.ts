import { z } from "zod";

/** The container registry: a repository for each service of the organization. */
export const registry = z.strictObject({
  keepImages: z.number().int().min(10).max(1000).default(200).describe("Tagged images kept in a repository."),
  expireUntaggedAfterDays: z
    .number()
    .int()
    .min(1)
    .max(365)
    .default(14)
    .describe("Days after which an image without a tag is removed."),
});

export type Registry = z.output<typeof registry>;

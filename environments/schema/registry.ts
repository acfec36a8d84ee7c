import { z } from "zod";
import { region } from "./common";

/** The container registry: a repository for each image of the organization. */
export const registry = z.strictObject({
  keepImages: z
    .number()
    .int()
    .min(10)
    .max(1000)
    .default(200)
    .describe("Tagged images kept in a repository, beside those in service anywhere, which always stay."),
  expireUntaggedAfterDays: z
    .number()
    .int()
    .min(1)
    .max(365)
    .default(14)
    .describe("Days after which an image without a tag is removed."),
  replicateTo: region
    .optional()
    .describe("A second region that gets a copy of every image; one of `allowedRegions`. Default: none."),
  scanning: z
    .enum(["BASIC", "ENHANCED"])
    .default("BASIC")
    .describe(
      "BASIC scans an image when it is pushed; ENHANCED, by Amazon Inspector, again whenever a fault becomes known, and costs for each image. Default: BASIC.",
    ),
});

export type Registry = z.output<typeof registry>;

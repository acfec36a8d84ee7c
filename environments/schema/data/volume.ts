import { z } from "zod";

const zoneLetters = z
  .array(z.string().regex(/^[a-f]$/, "a zone letter, a to f"))
  .min(1)
  .max(4);

/** EBS volumes, one a zone, that instances of one capacity provider mount and outlive. */
export const volume = z.strictObject({
  size: z.number().int().min(1).max(65_536).describe("Size of each, GiB."),
  availabilityZones: zoneLetters
    .optional()
    .describe(
      "Zones with a volume. Default: all of the network's where the account is `multiAz`, else its first.",
    ),
  iops: z
    .number()
    .int()
    .min(3000)
    .max(80_000)
    .default(3000)
    .describe("Default: 3000, which is free of charge."),
  throughput: z.number().int().min(125).max(2000).default(125).describe("MiB/s. Default: 125."),
});

export type Volume = z.output<typeof volume>;

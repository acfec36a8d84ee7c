import { z } from "zod";

const SIZES = [256, 512, 1024, 2048, 4096, 8192] as const;

/** An image by its digest: what moves data is the same at each start. */
export const toolImage = z
  .string()
  .max(512)
  .regex(
    /^[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)+(:\w[\w.-]{0,127})?@sha256:[0-9a-f]{64}$/,
    "a full reference by digest: registry/repository@sha256:...",
  );

export const toolSize = {
  cpu: z
    .union(SIZES.map((size) => z.literal(size)))
    .default(1024)
    .describe("CPU units of a task. Default: 1024."),
  memory: z.number().int().min(512).max(61_440).default(4096).describe("MiB of a task. Default: 4096."),
};

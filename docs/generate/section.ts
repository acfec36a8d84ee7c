import type { z } from "zod";

/** A section of the reference. */
export interface Section {
  readonly title: string;
  readonly about: string;
  readonly schema: z.ZodType;
}

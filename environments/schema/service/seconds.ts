import { z } from "zod";

/** Whole seconds within what AWS takes. */
export const seconds = (min: number, max: number) => z.number().int().min(min).max(max);

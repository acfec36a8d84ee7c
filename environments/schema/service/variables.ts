import { z } from "zod";

/** By name of an environment variable: its value, or the secret that it holds. */
export const variables = z.record(
  z.string().regex(/^[A-Za-z_]\w*$/, "an environment variable's name"),
  z.string(),
);

import { z } from "zod";
import { plainText } from "./common";

/** A secret's place; its value is never in code, plan or state. */
export const secret = z.strictObject({
  store: z
    .enum(["secretsManager", "parameterStore"])
    .default("secretsManager")
    .describe("Secrets Manager (rotation, recovery) or a SecureString of Parameter Store (free of charge)."),
  description: plainText(8, 200).describe("What the value is and who issues it: at least eight characters."),
});

/** Secrets by name, such as `charging/database`. */
export const secrets = z
  .record(
    z
      .string()
      .regex(/^[a-z0-9]+([/-][a-z0-9]+)*$/, "lower-case words joined by / or -")
      .max(80),
    secret,
  )
  .default({});

export type Secret = z.output<typeof secret>;

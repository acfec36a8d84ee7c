import { z } from "zod";
import { email } from "../common";

/** The way back after the cutover, and who decides on it. */
export const rollback = z.strictObject({
  strategy: z
    .enum(["reverse-replication", "reverse-copy", "dual-write", "loss-declared"])
    .describe(
      "`reverse-replication`: a task keeps the source up to date; `reverse-copy`: what was written since is copied back by hand; `dual-write`: the application writes to both; `loss-declared`: it is lost, and the owner has said so.",
    ),
  windowHours: z
    .number()
    .int()
    .min(1)
    .max(720)
    .default(72)
    .describe("Hours after the cutover for which the way back stays open. Default: 72."),
  decisionOwner: email.describe("Who decides to go back."),
});

export type Rollback = z.output<typeof rollback>;

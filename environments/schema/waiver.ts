import { z } from "zod";

/** A reasoned, owned and dated exception from one guardrail. */
export const waiver = z.strictObject({
  rule: z.string().min(3).describe("The guardrail's id, as its violation prints it."),
  resource: z.string().min(3).describe("`<stack>/<address>`, or a glob over it."),
  reason: z.string().min(20).describe("Why the exception is right: at least twenty characters."),
  owner: z.email().describe("Who answers for it."),
  expires: z.iso.date().describe("The last day on which it holds, YYYY-MM-DD."),
});

export type Waiver = z.output<typeof waiver>;

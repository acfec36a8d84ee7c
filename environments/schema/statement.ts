import { z } from "zod";

/**
 * A permission of a task role. `*` as an action and `NotAction` cannot be written.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 */
export const statement = z.strictObject({
  sid: z
    .string()
    .regex(/^[A-Za-z0-9]+$/, "letters and digits")
    .describe("What the statement is for, in CamelCase."),
  actions: z
    .array(z.string().regex(/^[a-z0-9-]+:[A-Za-z]+\*?$/, "service:Action, with a * at the end at most"))
    .min(1)
    .describe("Actions such as sqs:ReceiveMessage."),
  resources: z
    .array(
      z.string().regex(/^arn:aws[a-z-]*:\S+$/, "an ARN; {account} and {region} stand for the account's own"),
    )
    .min(1)
    .describe("ARNs. `{account}` and `{region}` stand for those of the account the service runs in."),
});

export type Statement = z.output<typeof statement>;

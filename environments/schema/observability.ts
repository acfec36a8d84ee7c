import { z } from "zod";
import { email } from "./common";

/** Who is told, and where. The account's stack `observability`. */
export const observability = z
  .strictObject({
    emails: z
      .strictObject({
        critical: z.array(email).optional().describe("Who is woken. Default: the owner of the organization."),
        warning: z.array(email).optional().describe("Who reads it in the morning. Default: the same."),
      })
      .prefault({})
      .describe("Addresses by severity."),
    slack: z
      .strictObject({
        teamId: z
          .string()
          .regex(/^[TE][A-Z0-9]{8,}$/, "a Slack workspace id such as T0123456789")
          .describe("The Slack workspace."),
        criticalChannelId: z
          .string()
          .regex(/^[CG][A-Z0-9]{8,}$/, "a Slack channel id such as C0123456789")
          .describe("Channel of critical alarms."),
        warningChannelId: z
          .string()
          .regex(/^[CG][A-Z0-9]{8,}$/, "a Slack channel id such as C0123456789")
          .optional()
          .describe("Channel of warnings. Default: none."),
      })
      .optional()
      .describe(
        "Slack channels, through Amazon Q Developer in chat applications, which must be allowed into the workspace once by hand. Default: none.",
      ),
  })
  .prefault({});

export type Observability = z.output<typeof observability>;

import { z } from "zod";

const role = (hours: number) =>
  z
    .strictObject({
      enabled: z.boolean().default(true).describe("Whether the role exists in the account."),
      maxSessionDuration: z
        .number()
        .int()
        .min(3600)
        .max(43200)
        .default(hours * 3600)
        .describe(`Longest session, in seconds, 3600 to 43200. Default: ${hours} h.`),
    })
    .prefault({});

/** The roles people take on, from the management account and with MFA. */
export const roles = z
  .strictObject({
    administrator: role(1).describe("Everything but what the permissions boundary keeps for bootstrap."),
    developer: role(4).describe(
      "Reads everything but data, runs and stops tasks, follows logs; creates nothing.",
    ),
    readOnly: role(4).describe("Reads everything but data and secret values."),
    auditor: role(4).describe("Reads configuration and the audit trail (AWS's SecurityAudit)."),
  })
  .prefault({});

export type Roles = z.output<typeof roles>;

import { z } from "zod";

/** An Aurora PostgreSQL cluster; its master password is made and rotated by RDS, and nobody sees it. */
export const database = z.strictObject({
  engineVersion: z
    .string()
    .regex(/^1[3-9]\.\d+$/, "a version of Aurora PostgreSQL such as 16.6")
    .default("16.8")
    .describe("Default: 16.8, which AWS supports for long."),
  databaseName: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,62}$/, "lower-case letters, digits and _, beginning with a letter")
    .optional()
    .describe("First database in it. Default: its name, dashes as underscores."),
  instanceClass: z
    .string()
    .regex(/^db\.[a-z0-9]+\.[a-z0-9]+$/, "an instance class such as db.r7g.large")
    .default("db.t4g.medium")
    .describe("Default: db.t4g.medium."),
  readers: z
    .number()
    .int()
    .min(0)
    .max(15)
    .optional()
    .describe("Instances beside the writer. Default: 1 where the account is `multiAz`, else none."),
  backupRetentionDays: z
    .number()
    .int()
    .min(1)
    .max(35)
    .optional()
    .describe("Days to which it can be restored. Default: 35 in protected accounts, else 7."),
  parameters: z
    .record(z.string().regex(/^[a-z][a-z0-9_.]*$/, "a parameter's name"), z.string())
    .default({})
    .describe("Parameters of the cluster beside TLS and logging, which are set. Default: none."),
});

export type Database = z.output<typeof database>;

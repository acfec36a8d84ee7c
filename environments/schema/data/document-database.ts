import { z } from "zod";

/** An Amazon DocumentDB cluster, for what speaks MongoDB's protocol; its master password is made and rotated by AWS. */
export const documentDatabase = z.strictObject({
  engineVersion: z
    .enum(["4.0.0", "5.0.0", "8.0.0"])
    .default("5.0.0")
    .describe("Version of MongoDB whose protocol it speaks. Default: 5.0.0."),
  instanceClass: z
    .string()
    .regex(/^db\.[a-z0-9]+\.[a-z0-9]+$/, "an instance class such as db.r6g.large")
    .default("db.t4g.medium")
    .describe("Default: db.t4g.medium."),
  replicas: z
    .number()
    .int()
    .min(0)
    .max(15)
    .optional()
    .describe("Instances beside the primary. Default: 1 where the account is `multiAz`, else none."),
  storageType: z
    .enum(["standard", "iopt1"])
    .default("standard")
    .describe("iopt1 costs more to keep and nothing to read and write. Default: standard."),
  backupRetentionDays: z
    .number()
    .int()
    .min(1)
    .max(35)
    .optional()
    .describe("Days to which it can be restored. Default: 35 in protected accounts, else 7."),
  parameters: z
    .record(z.string().regex(/^[a-z][a-z0-9_]*$/, "a parameter's name"), z.string())
    .default({})
    .describe("Parameters of the cluster beside TLS and logging, which are set. Default: none."),
});

export type DocumentDatabase = z.output<typeof documentDatabase>;

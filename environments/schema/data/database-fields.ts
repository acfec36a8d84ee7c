import { z } from "zod";

/** What every engine has in common, as fields of its form. */

const parameterName = /^[a-z][a-z0-9_.]*$/;

export const parametersOf = (meaning: string, name: RegExp = parameterName) =>
  z.record(z.string().regex(name, "a parameter's name"), z.string()).default({}).describe(meaning);

export const databaseName = (pattern: RegExp, words: string) =>
  z
    .string()
    .regex(pattern, words)
    .optional()
    .describe("First database in it. Default: its name, dashes as underscores.");

export const instanceClass = z
  .string()
  .regex(/^db\.[a-z0-9]+\.[a-z0-9]+$/, "an instance class such as db.r7g.large");

export const backupRetentionDays = z
  .number()
  .int()
  .min(1)
  .max(35)
  .optional()
  .describe("Days to which it can be restored. Default: 35 in protected accounts, else 7.");

export const logicalReplication = z
  .boolean()
  .default(false)
  .describe(
    "Whether others, such as a migration's way back, read its changes row by row. Wants a reboot where it is changed later. Default: false.",
  );

/** An identifier of RDS: of a cluster, an instance, a snapshot. */
const identifier = z
  .string()
  .max(63)
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, "an identifier of RDS, in lower case");

const pointInTime = z.iso
  .datetime()
  .optional()
  .describe("Such as 2026-03-01T04:00:00Z. Default: the latest that AWS can.");

export const fromSnapshot = z.strictObject({
  snapshot: z
    .string()
    .regex(
      /^(arn:aws:rds:[a-z0-9-]+:\d{12}:(cluster-)?snapshot:)?[A-Za-z][A-Za-z0-9:-]*$/,
      "a snapshot's identifier or ARN",
    )
    .describe("Identifier of a snapshot of the same engine, or its ARN where another account shares it."),
});

export const fromCluster = z.strictObject({
  cluster: identifier.describe("Identifier of a cluster of the same engine, account and region."),
  pointInTime,
});

export const fromInstance = z.strictObject({
  instance: identifier.describe("Identifier of an instance of the same engine, account and region."),
  pointInTime,
});

const RESTORED =
  "What it was made from: it counts when it is made, and stays in the file as long as it lives. Default: empty.";

export const restoreClusterFrom = z.union([fromCluster, fromSnapshot]).optional().describe(RESTORED);
export const restoreInstanceFrom = z.union([fromInstance, fromSnapshot]).optional().describe(RESTORED);

/** Letters of zones, as the network has them. */
export const zones = z
  .array(z.string().regex(/^[a-f]$/, "a zone's letter"))
  .min(1)
  .max(3);

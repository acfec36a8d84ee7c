import { z } from "zod";
import {
  backupRetentionDays,
  databaseName,
  instanceClass,
  logicalReplication,
  parametersOf,
  restoreClusterFrom,
  zones,
} from "./database-fields";

const acu = (least: number) => z.number().min(least).max(256).multipleOf(0.5);

/** https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html */
export const serverless = z.strictObject({
  minCapacity: acu(0).describe("Aurora capacity units, of 2 GiB each, in halves; 0 pauses what nobody uses."),
  maxCapacity: acu(1).describe("Most units."),
  secondsUntilAutoPause: z
    .number()
    .int()
    .min(300)
    .max(86_400)
    .optional()
    .describe("Seconds without a connection until it pauses, with `minCapacity` 0. Default: 300."),
});

/** https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Integrating.AutoScaling.html */
export const readerAutoScaling = z.strictObject({
  maxReaders: z.number().int().min(1).max(15).describe("Most readers; `readers` is the fewest."),
  targetCpu: z
    .number()
    .int()
    .min(20)
    .max(90)
    .default(60)
    .describe("Per cent of CPU that readers are kept at. Default: 60."),
});

/** https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database.html */
export const globalDatabase = z.strictObject({
  primary: z
    .string()
    .regex(/^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*$/, "<account>/<database>")
    .optional()
    .describe(
      "The cluster that it copies, `<account>/<database>`: an entry of the same AWS account in another region. Default: it is the one that is copied.",
    ),
});

const fields = {
  instanceClass: instanceClass.optional().describe("Default: db.t4g.medium; none where it is `serverless`."),
  serverless: serverless
    .optional()
    .describe("Capacity that follows use, instead of an instance class. Default: provisioned."),
  readers: z
    .number()
    .int()
    .min(0)
    .max(15)
    .optional()
    .describe("Instances beside the writer. Default: 1 where the account is `multiAz`, else none."),
  readerAutoScaling: readerAutoScaling
    .optional()
    .describe("Further readers while those there are busy. Default: none."),
  availabilityZones: zones
    .optional()
    .describe(
      "Letters of the network's zones that its instances go round, the writer first. Default: AWS chooses.",
    ),
  storageType: z
    .enum(["aurora", "aurora-iopt1"])
    .default("aurora")
    .describe(
      "`aurora-iopt1`, I/O-Optimized: reads and writes are in the price; AWS lets it be changed once a month. Default: aurora.",
    ),
  backupRetentionDays,
  logicalReplication,
  restoreFrom: restoreClusterFrom,
  global: globalDatabase
    .optional()
    .describe("Makes it one of an Aurora global database's clusters. Default: alone in its region."),
  parameters: parametersOf("Parameters of the cluster beside TLS and logging, which are set. Default: none."),
};

/** An Aurora PostgreSQL cluster; its master password is made and rotated by RDS, and nobody sees it. */
export const auroraPostgresql = z.strictObject({
  engine: z
    .literal("aurora-postgresql")
    .optional()
    .default("aurora-postgresql")
    .describe("Default: aurora-postgresql."),
  engineVersion: z
    .string()
    .regex(/^1[3-9]\.\d+$/, "a version of Aurora PostgreSQL such as 16.6")
    .default("16.8")
    .describe("Default: 16.8, which AWS supports for long."),
  databaseName: databaseName(
    /^[a-z][a-z0-9_]{0,62}$/,
    "lower-case letters, digits and _, beginning with a letter",
  ),
  ...fields,
});

/** An Aurora MySQL cluster of version 3, which speaks as MySQL 8.0 does. */
export const auroraMysql = z.strictObject({
  engine: z.literal("aurora-mysql").describe("An Aurora cluster that speaks as MySQL 8.0 does."),
  engineVersion: z
    .string()
    .regex(/^8\.0\.mysql_aurora\.3\.\d{2}\.\d+$/, "a version of Aurora MySQL such as 8.0.mysql_aurora.3.10.0")
    .default("8.0.mysql_aurora.3.10.0")
    .describe("Default: 8.0.mysql_aurora.3.10.0, which AWS supports for long."),
  databaseName: databaseName(
    /^[a-z][a-z0-9_]{0,63}$/,
    "lower-case letters, digits and _, beginning with a letter",
  ),
  ...fields,
});

export type AuroraDatabase = z.output<typeof auroraPostgresql> | z.output<typeof auroraMysql>;

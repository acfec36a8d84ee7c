import { z } from "zod";
import {
  backupRetentionDays,
  databaseName,
  instanceClass,
  logicalReplication,
  parametersOf,
  restoreInstanceFrom,
} from "./database-fields";

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html */
const storage = (most: number) => ({
  allocatedStorage: z.number().int().min(20).max(most).default(20).describe("GiB of gp3. Default: 20."),
  maxAllocatedStorage: z
    .number()
    .int()
    .min(20)
    .max(most)
    .optional()
    .describe("GiB to which AWS lets it grow by itself. Default: five times `allocatedStorage`."),
  iops: z
    .number()
    .int()
    .min(3000)
    .max(64_000)
    .optional()
    .describe("Operations a second. Default: what gp3 has of this size."),
  storageThroughput: z
    .number()
    .int()
    .min(125)
    .max(4000)
    .optional()
    .describe("MiB a second. Default: what gp3 has of this size."),
});

const multiAz = z
  .boolean()
  .optional()
  .describe("Whether it has a standby in another zone. Default: as the account is `multiAz`.");

const readers = (most: number) => z.number().int().min(0).max(most).default(0);

const open = {
  instanceClass: instanceClass.default("db.t4g.medium").describe("Default: db.t4g.medium."),
  ...storage(65_536),
  multiAz,
  readers: readers(5).describe("Read replicas, of the same class. Default: 0."),
  backupRetentionDays,
  logicalReplication,
  restoreFrom: restoreInstanceFrom,
  parameters: parametersOf("Parameters beside TLS and logging, which are set. Default: none."),
};

const NAME = [/^[a-z][a-z0-9_]{0,62}$/, "lower-case letters, digits and _, beginning with a letter"] as const;

/** One instance of PostgreSQL, with a standby where the account is `multiAz`. */
export const postgres = z.strictObject({
  engine: z.literal("postgres").describe("An instance of RDS, not a cluster of Aurora."),
  engineVersion: z
    .string()
    .regex(/^1[3-8]\.\d+$/, "a version of PostgreSQL such as 17.9")
    .default("17.9")
    .describe("Default: 17.9."),
  databaseName: databaseName(...NAME),
  ...open,
});

/** One instance of MySQL. */
export const mysql = z.strictObject({
  engine: z.literal("mysql").describe("An instance of RDS, not a cluster of Aurora."),
  engineVersion: z
    .string()
    .regex(/^8\.[04]\.\d+$/, "a version of MySQL such as 8.4.8")
    .default("8.4.8")
    .describe("Default: 8.4.8, of the release that is supported for long."),
  databaseName: databaseName(...NAME),
  ...open,
});

/** One instance of MariaDB. */
export const mariadb = z.strictObject({
  engine: z.literal("mariadb").describe("An instance of RDS, not a cluster of Aurora."),
  engineVersion: z
    .string()
    .regex(/^(10\.(6|11)|11\.[48])\.\d+$/, "a version of MariaDB such as 11.4.10")
    .default("11.4.10")
    .describe("Default: 11.4.10, of a release that is supported for long."),
  databaseName: databaseName(...NAME),
  ...open,
});

/**
 * One instance of SQL Server, its licence in the price.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_SQLServer.html
 */
export const sqlServer = z.strictObject({
  engine: z
    .enum(["sqlserver-ex", "sqlserver-web", "sqlserver-se", "sqlserver-ee"])
    .describe("The edition: Express, Web, Standard or Enterprise."),
  engineVersion: z
    .string()
    .regex(/^1[3-6]\.00\.\d{4}\.\d+\.v\d+$/, "a version of SQL Server such as 16.00.4236.2.v1")
    .default("16.00.4236.2.v1")
    .describe("Default: 16.00.4236.2.v1, SQL Server 2022."),
  databaseName: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9_]{0,62}$/, "letters, digits and _, beginning with a letter")
    .optional()
    .describe(
      "The database that services are told of; AWS makes none in SQL Server. Default: its name, dashes as underscores.",
    ),
  instanceClass: instanceClass
    .optional()
    .describe(
      "Default: db.t3.medium of Express and Web, db.m6i.large of Standard, db.m6i.xlarge of Enterprise.",
    ),
  ...storage(16_384),
  multiAz: multiAz.describe(
    "Whether it has a standby in another zone: Standard and Enterprise. Default: as the account is `multiAz`, where the edition can.",
  ),
  readers: readers(5).describe("Read replicas: Enterprise with `multiAz` only. Default: 0."),
  collation: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9_]{2,60}$/, "a collation such as Latin1_General_CI_AS")
    .optional()
    .describe("Of the server; it cannot be changed. Default: SQL_Latin1_General_CP1_CI_AS."),
  timezone: z
    .string()
    .regex(
      /^[A-Za-z][A-Za-z0-9. +-]{2,50}$/,
      "a time zone as Windows names it, such as W. Europe Standard Time",
    )
    .optional()
    .describe("As Windows names it; it cannot be changed. Default: UTC."),
  backupRetentionDays,
  restoreFrom: restoreInstanceFrom,
  parameters: parametersOf("Parameters beside TLS, which is set. Default: none.", /^[a-z][a-z0-9_. ()-]*$/),
});

export type RdsInstanceDatabase =
  z.output<typeof postgres> | z.output<typeof mysql> | z.output<typeof mariadb> | z.output<typeof sqlServer>;

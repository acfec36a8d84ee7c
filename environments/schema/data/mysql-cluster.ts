import { z } from "zod";
import { slug } from "../common";

/** MySQL's own packages: nothing of them is in Amazon Linux, and isolated subnets have no way to the internet. */
const packages = z.strictObject({
  bucket: slug(24).describe("Bucket of the account's `data` that holds them."),
  key: z
    .string()
    .regex(
      /^([\w.-]+\/)*mysql-8\.[04]\.\d+-\d+\.el9\.(x86_64|aarch64)\.rpm-bundle\.tar$/,
      "MySQL's RPM bundle for EL 9, such as mysql-8.4.6-1.el9.aarch64.rpm-bundle.tar",
    )
    .describe(
      "The RPM bundle of MySQL 8.0 or 8.4, as MySQL publishes it; its name says version and architecture.",
    ),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, "64 hexadecimal digits")
    .describe("SHA-256 of the bundle; anything else is not installed."),
});

/** MySQL on EC2 instances, one primary and replicas, each with a volume that outlives it. */
export const mysqlCluster = z.strictObject({
  packages: packages.describe("Where MySQL comes from."),
  instanceType: z
    .string()
    .regex(/^[a-z0-9]+\.[a-z0-9]+$/, "an instance type such as m7g.large")
    .default("t4g.medium")
    .describe("Default: t4g.medium."),
  replicas: z
    .number()
    .int()
    .min(0)
    .max(4)
    .optional()
    .describe("Members beside the primary. Default: 1 where the account is `multiAz`, else none."),
  primary: z
    .number()
    .int()
    .min(1)
    .max(5)
    .default(1)
    .describe("Number of the member that writes; another one after a failover. Default: 1."),
  databaseName: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,62}$/, "lower-case letters, digits and _, beginning with a letter")
    .optional()
    .describe("First database in it. Default: its name, dashes as underscores."),
  replicationSecret: z
    .string()
    .describe(
      "Secret of the account, in Secrets Manager, whose value is the password of the user `replication`.",
    ),
  size: z.number().int().min(10).max(65_536).describe("Size of each member's volume, GiB."),
  iops: z
    .number()
    .int()
    .min(3000)
    .max(80_000)
    .default(3000)
    .describe("Default: 3000, which is free of charge."),
  throughput: z.number().int().min(125).max(2000).default(125).describe("MiB/s. Default: 125."),
  backupRetentionDays: z
    .number()
    .int()
    .min(1)
    .max(3650)
    .default(15)
    .describe("Days for which the nightly dumps in S3 are kept. Default: 15."),
  parameters: z
    .record(
      z.string().regex(/^[a-z][a-z0-9_]*$/, "a variable's name"),
      z.string().regex(/^[\w.,:;+/-]*$/, "a value"),
    )
    .default({})
    .describe("Variables of mysqld beside those that the platform sets. Default: none."),
});

export type MysqlCluster = z.output<typeof mysqlCluster>;

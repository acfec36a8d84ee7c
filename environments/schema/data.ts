import { z } from "zod";
import { slug } from "./common";

const zoneLetters = z
  .array(z.string().regex(/^[a-f]$/, "a zone letter, a to f"))
  .min(1)
  .max(4);

/** An Aurora PostgreSQL cluster; its master password is made and rotated by RDS, and nobody sees it. */
const database = z.strictObject({
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

/** An S3 bucket: private, versioned, encrypted under the account's key. */
const bucket = z.strictObject({
  expireAfterDays: z
    .number()
    .int()
    .min(1)
    .optional()
    .describe("Days after which objects are removed. Default: they stay."),
  keepVersionsDays: z
    .number()
    .int()
    .min(1)
    .default(90)
    .describe("Days for which replaced objects are kept. Default: 90."),
  archiveAfterDays: z
    .number()
    .int()
    .min(1)
    .optional()
    .describe("Days after which objects move to Glacier Instant Retrieval. Default: they do not."),
  events: z
    .boolean()
    .default(false)
    .describe(
      "Whether EventBridge is told of new objects, for functions that wait for them. Default: false.",
    ),
});

/** A directory of a file system, as one user sees it. */
const accessPoint = z.strictObject({
  path: z
    .string()
    .regex(/^(\/[\w.-]+){1,4}$/, "an absolute path of at most four folders")
    .describe("Directory of the file system that is its root."),
  uid: z.number().int().min(1).max(4294967295).default(10001).describe("User of its files. Default: 10001."),
  gid: z.number().int().min(1).max(4294967295).default(10001).describe("Group of its files. Default: 10001."),
});

/** An EFS file system; it is entered by its access points only. */
const fileSystem = z.strictObject({
  accessPoints: z.record(slug(24), accessPoint).describe("Its access points by name."),
});

/** EBS volumes, one a zone, that instances of one capacity provider mount and outlive. */
const volume = z.strictObject({
  size: z.number().int().min(1).max(65_536).describe("Size of each, GiB."),
  availabilityZones: zoneLetters
    .optional()
    .describe(
      "Zones with a volume. Default: all of the network's where the account is `multiAz`, else its first.",
    ),
  iops: z
    .number()
    .int()
    .min(3000)
    .max(80_000)
    .default(3000)
    .describe("Default: 3000, which is free of charge."),
  throughput: z.number().int().min(125).max(2000).default(125).describe("MiB/s. Default: 125."),
});

/** What must not be lost. Each entry is a stack of its own, `data-<name>`. */
export const data = z.strictObject({
  databases: z.record(slug(24), database).default({}).describe("Aurora PostgreSQL clusters. Default: none."),
  buckets: z.record(slug(24), bucket).default({}).describe("S3 buckets. Default: none."),
  fileSystems: z.record(slug(24), fileSystem).default({}).describe("EFS file systems. Default: none."),
  volumes: z.record(slug(24), volume).default({}).describe("EBS volumes of instances. Default: none."),
});

export type Data = z.output<typeof data>;
export type Database = z.output<typeof database>;
export type Bucket = z.output<typeof bucket>;
export type FileSystem = z.output<typeof fileSystem>;
export type Volume = z.output<typeof volume>;

import { z } from "zod";
import { slug } from "../common";

const days = z.number().int().min(1).max(36_500);

/** Storage classes that objects move down to, the dearest to keep first; those of one zone are not among them. */
export const STORAGE_CLASSES = [
  "STANDARD_IA",
  "INTELLIGENT_TIERING",
  "GLACIER_IR",
  "GLACIER",
  "DEEP_ARCHIVE",
] as const;

const storageClass = z.enum(STORAGE_CLASSES);

/** A step down of a bucket's objects. https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html */
const transition = z.strictObject({
  days: days.describe("Age of the object, days."),
  storageClass: storageClass.describe("Where it moves then."),
});

/** What nobody deletes before its time. https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html */
const objectLock = z.strictObject({
  mode: z
    .enum(["GOVERNANCE", "COMPLIANCE"])
    .describe("GOVERNANCE: by nobody but with a permission of its own; COMPLIANCE: by nobody at all."),
  days: days.optional().describe("Days for which each version is locked; or `years`."),
  years: z.number().int().min(1).max(100).optional().describe("Years for which each version is locked."),
});

/** How long the law wants it. */
const mustKeep = z.strictObject({
  years: z.number().int().min(1).max(100).describe("Years for which each object must be there."),
  because: z.string().min(3).max(120).describe("The law, such as `§ 147 AO`."),
});

/** A second copy, elsewhere. https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html */
const replicateTo = z.strictObject({
  account: slug(16).describe("Account with the bucket: another one, or the same in another region."),
  bucket: slug(24).describe("Bucket of that account's `data`."),
  storageClass: storageClass.optional().describe("Class of the copies. Default: that of the object."),
  deleteMarkers: z
    .boolean()
    .default(false)
    .describe("Whether what is deleted here is deleted there. Default: false; the copy stays."),
  replicationTime: z
    .boolean()
    .default(false)
    .describe("Whether AWS warrants a copy within 15 minutes, for money. Default: false."),
});

/** An S3 bucket: private, versioned, encrypted under the account's key. */
export const bucket = z.strictObject({
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
  transitions: z
    .array(transition)
    .max(5)
    .default([])
    .describe("Steps through storage classes, in place of `archiveAfterDays`. Default: none."),
  objectLock: objectLock
    .optional()
    .describe("For how long nobody deletes or overwrites a version. Default: no lock."),
  mustKeep: mustKeep
    .optional()
    .describe("How long the law wants each object; whatever deletes sooner is refused. Default: no law."),
  replicateTo: replicateTo
    .optional()
    .describe("Another bucket that gets a copy of each object. Default: none."),
  events: z
    .boolean()
    .default(false)
    .describe(
      "Whether EventBridge is told of new objects, for functions that wait for them. Default: false.",
    ),
});

export type Bucket = z.output<typeof bucket>;

/** Days that so many years have at the most. */
export const daysOf = (years: number) => Math.ceil(years * 365.25);

/** Days for which a version is locked; 0 without a lock. */
export const lockedDays = ({ objectLock: lock }: Pick<Bucket, "objectLock">) =>
  lock === undefined ? 0 : (lock.days ?? daysOf(lock.years ?? 0));

import type { Statement } from "../identity/policy";
import { forAnyone } from "../identity/policy";

/** A step of objects down to another storage class. */
export interface StorageTransition {
  /** Age of the object, days. */
  readonly days: number;
  readonly storageClass: string;
}

/** For how long no version is deleted or overwritten. */
export interface BucketLock {
  readonly mode: "GOVERNANCE" | "COMPLIANCE";
  readonly days?: number;
  readonly years?: number;
}

/**
 * Replaced versions go the same way down as objects, as long as they are kept at all.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html
 */
export const versionTransitions = (steps: readonly StorageTransition[], keepVersionsDays: number) =>
  steps
    .filter(({ days }) => days < keepVersionsDays)
    .map(({ days, storageClass }) => ({ noncurrentDays: days, storageClass }));

/**
 * What is kept for a time is shortened by whoever applies the code, and by nobody else; nobody goes past a lock. The
 * policy itself an administrator may still change, which the audit trail shows.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html
 */
export const keepRetention = (bucketArn: string, applyRoleArn: string): Statement[] => [
  {
    sid: "NobodyPassesLocks",
    effect: "Deny",
    actions: ["s3:BypassGovernanceRetention"],
    resources: [`${bucketArn}/*`],
    principals: forAnyone(),
  },
  {
    sid: "OnlyCodeShortens",
    effect: "Deny",
    actions: [
      "s3:DeleteBucket",
      "s3:PutBucketObjectLockConfiguration",
      "s3:PutBucketVersioning",
      "s3:PutLifecycleConfiguration",
      "s3:PutReplicationConfiguration",
    ],
    resources: [bucketArn],
    principals: forAnyone(),
    condition: [{ test: "ArnNotEquals", variable: "aws:PrincipalArn", values: [applyRoleArn] }],
  },
];

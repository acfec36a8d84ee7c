import type { Account } from "../account";
import { daysOf, lockedDays, STORAGE_CLASSES, type Bucket } from "../data/bucket";
import type { Fleet } from "../fleet";
import { formatPath, nearest } from "../parse";
import type { Violation } from "../violation";

type Found = Omit<Violation, "file">;
type Rule = (bucket: Bucket, account: Account, fleet: Fleet, name: string) => Found[];

/** Days that an object stays in a class before it moves on: AWS refuses less, or charges for them anyway. */
const LEAST_DAYS: Readonly<Record<string, number>> = {
  STANDARD_IA: 30,
  INTELLIGENT_TIERING: 0,
  GLACIER_IR: 90,
  GLACIER: 90,
  DEEP_ARCHIVE: 180,
};

const RULES: readonly Rule[] = [transitions, expiry, locks, versions, replicas];

/** Buckets step down as S3 takes it, and nothing deletes what a lock or a law still keeps. */
export function checkBuckets(fleet: Fleet): Violation[] {
  return fleet.accounts.flatMap((account) =>
    Object.entries(account.data?.buckets ?? {}).flatMap(([name, bucket]) =>
      RULES.flatMap((rule) => rule(bucket, account, fleet, name)).map((found) => ({
        ...found,
        file: fleet.sources.accounts[account.name] ?? account.name,
        path: `${formatPath(["data", "buckets", name])}.${found.path}`,
      })),
    ),
  );
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html */
function transitions({ transitions: steps, archiveAfterDays, expireAfterDays }: Bucket): Found[] {
  if (steps.length > 0 && archiveAfterDays !== undefined)
    return [
      {
        path: "archiveAfterDays",
        given: archiveAfterDays,
        allowed: "nothing beside transitions, which say it all",
        mend: `write { days: ${archiveAfterDays}, storageClass: "GLACIER_IR" } into transitions`,
      },
    ];
  const rank = (storageClass: Bucket["transitions"][number]["storageClass"]) =>
    STORAGE_CLASSES.indexOf(storageClass);
  return steps.flatMap((step, index): Found[] => {
    const path = `transitions[${index}]`;
    const found: Found[] = [];
    if (step.storageClass === "STANDARD_IA" && step.days < 30)
      found.push({ path: `${path}.days`, given: step.days, allowed: "at least 30 for STANDARD_IA" });
    const before = steps[index - 1];
    if (before !== undefined && rank(before.storageClass) >= rank(step.storageClass))
      found.push({
        path: `${path}.storageClass`,
        given: step.storageClass,
        allowed: `a class after ${before.storageClass}: objects only go down ${STORAGE_CLASSES.join(", ")}`,
      });
    const least = before === undefined ? 0 : before.days + Math.max(1, LEAST_DAYS[before.storageClass] ?? 0);
    if (before !== undefined && step.days < least)
      found.push({
        path: `${path}.days`,
        given: step.days,
        allowed: `at least ${least}: an object stays in ${before.storageClass} for ${least - before.days} days, or is paid for as if`,
      });
    if (expireAfterDays !== undefined && step.days >= expireAfterDays)
      found.push({
        path: `${path}.days`,
        given: step.days,
        allowed: `less than expireAfterDays, ${expireAfterDays}: S3 refuses to move what is gone`,
      });
    return found;
  });
}

/** A life cycle that deletes before retention ends. */
function expiry(bucket: Bucket): Found[] {
  const { expireAfterDays, mustKeep } = bucket;
  if (expireAfterDays === undefined) return [];
  const law = mustKeep === undefined ? 0 : daysOf(mustKeep.years);
  const lock = lockedDays(bucket);
  const least = Math.max(law, lock);
  return expireAfterDays >= least
    ? []
    : [
        {
          path: "expireAfterDays",
          given: expireAfterDays,
          allowed: `at least ${least}: ${law >= lock ? `${mustKeep?.because ?? ""} keeps objects for ${mustKeep?.years ?? 0} years` : "objectLock keeps them"}`,
          mend: `write ${least}, or leave it out`,
        },
      ];
}

function locks(bucket: Bucket, { name, capabilities }: Account): Found[] {
  const { objectLock: lock, mustKeep } = bucket;
  if (lock === undefined) return [];
  const found: Found[] = [];
  if ((lock.days === undefined) === (lock.years === undefined))
    return [
      {
        path: "objectLock",
        given: lock.days === undefined ? "neither days nor years" : "days and years",
        inWords: true,
        allowed: "either days or years",
      },
    ];
  if (mustKeep !== undefined && lockedDays(bucket) < daysOf(mustKeep.years))
    found.push({
      path: "objectLock",
      given: lock.years === undefined ? `${lock.days ?? 0} days` : `${lock.years} years`,
      inWords: true,
      allowed: `at least the ${mustKeep.years} years of ${mustKeep.because}`,
      mend: `write years: ${mustKeep.years}`,
    });
  if (lock.mode === "COMPLIANCE" && !capabilities.deletionProtection)
    found.push({
      path: "objectLock.mode",
      given: lock.mode,
      allowed: `GOVERNANCE in ${name}, whose stores may be destroyed: nobody, AWS included, could empty this bucket`,
      mend: 'write "GOVERNANCE" for this account',
    });
  return found;
}

/** What was overwritten or deleted is a version: the law wants that one. */
function versions(bucket: Bucket): Found[] {
  const { keepVersionsDays, mustKeep, objectLock: lock } = bucket;
  if (mustKeep === undefined || lock !== undefined || keepVersionsDays >= daysOf(mustKeep.years)) return [];
  return [
    {
      path: "keepVersionsDays",
      given: keepVersionsDays,
      allowed: `at least ${daysOf(mustKeep.years)} without objectLock: who overwrites an object would delete what ${mustKeep.because} keeps for ${mustKeep.years} years`,
      mend: `add objectLock: { mode: "GOVERNANCE", years: ${mustKeep.years} }, or write ${daysOf(mustKeep.years)}`,
    },
  ];
}

function replicas(bucket: Bucket, account: Account, fleet: Fleet, name: string): Found[] {
  const { replicateTo: target, mustKeep, objectLock: lock } = bucket;
  if (target === undefined) return [];
  const accounts = fleet.accounts.map((each) => each.name);
  const there = fleet.accounts.find((each) => each.name === target.account);
  if (there === undefined) return [unknown("account", target.account, "an account", accounts)];
  const buckets = there.data?.buckets ?? {};
  const copy = buckets[target.bucket];
  if (copy === undefined)
    return [unknown("bucket", target.bucket, `a bucket of ${there.name}`, Object.keys(buckets))];
  if (there.name === account.name && target.bucket === name)
    return [{ path: "replicateTo.bucket", given: target.bucket, allowed: "another bucket than itself" }];
  const where = `data.buckets.${target.bucket} of ${there.name}`;
  const found: Found[] = [];
  if (lock !== undefined && copy.objectLock === undefined)
    found.push({
      path: "replicateTo.bucket",
      given: target.bucket,
      allowed: "a bucket with objectLock: S3 copies locked objects into no other",
      mend: `add objectLock to ${where}`,
    });
  if (mustKeep !== undefined && (copy.mustKeep?.years ?? 0) < mustKeep.years)
    found.push({
      path: "replicateTo.bucket",
      given: target.bucket,
      allowed: `a bucket that keeps copies for the ${mustKeep.years} years of ${mustKeep.because} too`,
      mend: `add mustKeep: { years: ${mustKeep.years}, because: ${JSON.stringify(mustKeep.because)} } to ${where}`,
    });
  return found;
}

function unknown(field: string, given: string, what: string, known: readonly string[]): Found {
  const meant = nearest(given, known);
  return {
    path: `replicateTo.${field}`,
    given,
    allowed: `${what}: ${known.join(", ") || "it has none"}`,
    ...(meant === undefined ? {} : { mend: `write ${JSON.stringify(meant)}` }),
  };
}

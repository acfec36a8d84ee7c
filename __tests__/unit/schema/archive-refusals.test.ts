import { loadCompany, removeFolders, type Change } from "../../support/company";
import { violationsOf } from "../../support/violations";

afterAll(removeFolders);

const live = (papers: object, more: object = {}): Change => ({
  accounts: { live: { data: { buckets: { papers, ...more } } } },
});
const steps = (...transitions: readonly (readonly [number, string])[]) => ({
  transitions: transitions.map(([days, storageClass]) => ({ days, storageClass })),
});
const LAW = { years: 10, because: "§ 147 AO" };
const LOCK = { mode: "COMPLIANCE", years: 10 };

const REFUSED: readonly (readonly [shows: string, change: Change, field: string, words: string])[] = [
  ["Standard-IA before 30 days", live(steps([10, "STANDARD_IA"])), "transitions[0].days", "at least 30"],
  [
    "a step on before 30 days in Standard-IA",
    live(steps([30, "STANDARD_IA"], [45, "GLACIER"])),
    "transitions[1].days",
    "at least 60",
  ],
  [
    "a step from Glacier before its 90 days",
    live(steps([1, "GLACIER"], [60, "DEEP_ARCHIVE"])),
    "transitions[1].days",
    "at least 91",
  ],
  [
    "a way back up",
    live(steps([30, "GLACIER"], [400, "STANDARD_IA"])),
    "transitions[1].storageClass",
    "only go down",
  ],
  [
    "a step of what has expired",
    live({ ...steps([90, "GLACIER"]), expireAfterDays: 60 }),
    "transitions[0].days",
    "less than expireAfterDays, 60",
  ],
  [
    "two ways to say an archive",
    live({ ...steps([90, "GLACIER"]), archiveAfterDays: 30 }),
    "archiveAfterDays",
    "into transitions",
  ],
  [
    "a life cycle that deletes before the law lets it",
    live({ mustKeep: LAW, objectLock: LOCK, expireAfterDays: 3650 }),
    "expireAfterDays",
    "at least 3653: § 147 AO keeps objects for 10 years",
  ],
  [
    "a life cycle that deletes before the lock ends",
    live({ objectLock: { mode: "GOVERNANCE", days: 400 }, expireAfterDays: 365 }),
    "expireAfterDays",
    "at least 400: objectLock keeps them",
  ],
  [
    "a lock shorter than the law's number",
    live({ mustKeep: LAW, objectLock: { mode: "COMPLIANCE", years: 6 } }),
    "objectLock",
    "at least the 10 years of § 147 AO",
  ],
  [
    "versions that go before the law lets them, without a lock",
    live({ mustKeep: LAW }),
    "keepVersionsDays",
    "at least 3653 without objectLock",
  ],
  [
    "a lock without a time",
    live({ objectLock: { mode: "GOVERNANCE" } }),
    "objectLock",
    "either days or years",
  ],
  [
    "a lock of two times",
    live({ objectLock: { mode: "GOVERNANCE", days: 1, years: 1 } }),
    "objectLock",
    "either days or years",
  ],
  [
    "copies in an account that is not there",
    live({ replicateTo: { account: "backup", bucket: "copies" } }),
    "replicateTo.account",
    "an account",
  ],
  [
    "copies in a bucket that is not there",
    live({ replicateTo: { account: "live", bucket: "copies" } }, { copy: {} }),
    "replicateTo.bucket",
    "a bucket of live: papers, copy",
  ],
  [
    "copies in the bucket itself",
    live({ replicateTo: { account: "live", bucket: "papers" } }),
    "replicateTo.bucket",
    "another bucket than itself",
  ],
  [
    "copies of locked objects in a bucket without lock",
    live({ objectLock: LOCK, replicateTo: { account: "live", bucket: "copies" } }, { copies: {} }),
    "replicateTo.bucket",
    "a bucket with objectLock",
  ],
  [
    "copies that need not be kept",
    live(
      { mustKeep: LAW, objectLock: LOCK, replicateTo: { account: "live", bucket: "copies" } },
      { copies: { objectLock: LOCK } },
    ),
    "replicateTo.bucket",
    "keeps copies for the 10 years of § 147 AO too",
  ],
];

test.each(REFUSED)("%s is refused", (_shows, change, field, words) => {
  const path = `data.buckets.papers.${field}`;
  const found = violationsOf(() => loadCompany(change));
  const violation = found.find((candidate) => candidate.path === path);
  expect(found.map((candidate) => candidate.path)).toContain(path);
  expect(JSON.stringify([violation?.allowed, violation?.mend])).toContain(words);
});

test("a lock for good where stores may be destroyed is refused", () => {
  const found = violationsOf(() =>
    loadCompany({ accounts: { development: { data: { buckets: { papers: { objectLock: LOCK } } } } } }),
  );
  expect(found).toMatchObject([
    { path: "data.buckets.papers.objectLock.mode", mend: 'write "GOVERNANCE" for this account' },
  ]);
});

test("an archive that keeps what the law wants is accepted", () => {
  expect(() =>
    loadCompany(
      live({
        ...steps([30, "STANDARD_IA"], [60, "GLACIER"], [400, "DEEP_ARCHIVE"]),
        mustKeep: LAW,
        objectLock: LOCK,
      }),
    ),
  ).not.toThrow();
});

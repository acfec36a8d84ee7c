import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Fleet } from "../environments/schema/fleet";
import { stackId } from "../environments/schema/names";
import type { Platform } from "../stacks/graph";
import {
  compareLedger,
  formatEntry,
  isRecorded,
  parseLedger,
  parseRemovals,
  type LedgerComparison,
  type LedgerEntry,
} from "../stacks/ledger";
import { atMergeBase, read, save } from "./checked-in-files";
import { resourcesOf } from "./resources";

/** The recorded addresses of an account's stacks, sorted. */
export function currentEntries(platform: Platform, account: string): LedgerEntry[] {
  return platform.stacks
    .filter((stack) => stack.account.name === account)
    .flatMap(({ id, stack }) =>
      stack === undefined
        ? []
        : resourcesOf(stack)
            .filter(({ type }) => isRecorded(type))
            .map(({ address }) => ({ stack: id, address })),
    )
    .sort((a, b) => (formatEntry(a) < formatEntry(b) ? -1 : 1));
}

/** Compares every account's ledger with the stacks. */
export function checkLedger(platform: Platform): LedgerComparison {
  const { directory } = platform.fleet;
  const folder = join(directory, "ledgers", "addresses");
  const accounts = new Set([
    ...platform.fleet.accounts.map(({ name }) => name),
    ...(existsSync(folder) ? readdirSync(folder) : []),
  ]);
  const waiting = new Set([
    ...platform.stacks.filter(({ stack }) => stack === undefined).map(({ id }) => id),
    ...ended(platform.fleet),
  ]);
  const comparisons = [...accounts].sort().map((account) => {
    const file = join(folder, account);
    const recorded = parseLedger(atMergeBase(file) ?? read(file)).filter(({ stack }) => !waiting.has(stack));
    const comparison = compareLedger(
      recorded,
      currentEntries(platform, account),
      movedAddresses(platform, account),
      parseRemovals(read(removalsFile(directory, account))),
    );
    const written = new Set(parseLedger(read(file)).map(formatEntry));
    return {
      lost: comparison.lost,
      unrecorded: comparison.unrecorded.filter((entry) => !written.has(formatEntry(entry))),
    };
  });
  return {
    lost: comparisons.flatMap(({ lost }) => lost),
    unrecorded: comparisons.flatMap(({ unrecorded }) => unrecorded),
  };
}

/** Rewrites the ledgers; entries that are gone are recorded as removed, with the reason. Returns the files changed. */
export function writeLedgers(platform: Platform, reason: string | undefined): string[] {
  const { fleet } = platform;
  const changed: string[] = [];
  const { lost } = checkLedger(platform);
  for (const account of new Set([
    ...fleet.accounts.map(({ name }) => name),
    ...lost.map(({ stack }) => accountOf(fleet, stack)),
  ])) {
    const removed = lost.filter(({ stack }) => accountOf(fleet, stack) === account);
    if (removed.length > 0 && reason !== undefined) {
      const file = removalsFile(fleet.directory, account);
      const lines = new Set(
        [...read(file).split("\n"), ...removed.map((entry) => `${formatEntry(entry)} ${reason}`)].filter(
          (line) => line !== "",
        ),
      );
      if (save(file, [...lines].sort())) changed.push(file);
    }
    const addresses = join(fleet.directory, "ledgers", "addresses", account);
    if (save(addresses, currentEntries(platform, account).map(formatEntry))) changed.push(addresses);
  }
  return changed;
}

/** Addresses that a `moved` or `removed` block of their stack accounts for. */
function movedAddresses(platform: Platform, account: string): LedgerEntry[] {
  return platform.stacks
    .filter((stack) => stack.account.name === account)
    .flatMap(({ id, stack }) => {
      if (stack?.hasResourceMove() !== true) return [];
      const json = stack.toTerraform() as { moved?: { from: string }[]; removed?: { from: string }[] };
      return [...(json.moved ?? []), ...(json.removed ?? [])].map(({ from }) => ({
        stack: id,
        address: from,
      }));
    });
}

/** Stacks of migrations that are over: all that they held is gone on purpose. */
const ended = ({ migrations }: Fleet): string[] =>
  migrations
    .filter(({ phase }) => phase === "decommission")
    .map(({ id, account }) => stackId({ name: account }, "migration", id));

const removalsFile = (directory: string, account: string) => join(directory, "ledgers", "removals", account);

function accountOf(fleet: Fleet, stack: string): string {
  const names = fleet.accounts.map(({ name }) => name).filter((name) => stack.startsWith(`${name}-`));
  return names.sort((a, b) => b.length - a.length)[0] ?? stack.split("-")[0] ?? stack;
}

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { allocatePriorities } from "../environments/schema/priorities";
import { servicesIn, type Fleet } from "../environments/schema/fleet";
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
  const waiting = new Set(platform.stacks.filter(({ stack }) => stack === undefined).map(({ id }) => id));
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
    const priorities = join(fleet.directory, "ledgers", "priorities", account);
    if (save(priorities, priorityLines(fleet, account))) changed.push(priorities);
  }
  return changed;
}

/** Listener rules whose priority the ledger does not hold yet. */
export function unpinnedRules(fleet: Fleet): number {
  return fleet.accounts.reduce(
    (sum, account) =>
      sum +
      [
        ...allocatePriorities(
          servicesIn(fleet, account),
          fleet.priorities[account.name] ?? new Map(),
        ).values(),
      ].filter(({ pinned }) => !pinned).length,
    0,
  );
}

/** A rule that is gone keeps its line: its number is not given to another as long as somebody may still run it. */
function priorityLines(fleet: Fleet, name: string): string[] {
  const account = fleet.accounts.find((candidate) => candidate.name === name);
  const pinned = fleet.priorities[name] ?? new Map<string, number>();
  const rules = account === undefined ? new Map() : allocatePriorities(servicesIn(fleet, account), pinned);
  const all = new Map<string, number>([
    ...pinned,
    ...[...rules].map(([key, { priority }]) => [key, priority] as const),
  ]);
  return [...all].map(([key, priority]) => `${key} ${priority}`).sort();
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

const removalsFile = (directory: string, account: string) => join(directory, "ledgers", "removals", account);

function accountOf(fleet: Fleet, stack: string): string {
  const names = fleet.accounts.map(({ name }) => name).filter((name) => stack.startsWith(`${name}-`));
  return names.sort((a, b) => b.length - a.length)[0] ?? stack.split("-")[0] ?? stack;
}

function read(file: string): string {
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

/** Writes lines; returns whether that changed anything. */
function save(file: string, lines: readonly string[]): boolean {
  const text = lines.length === 0 ? "" : `${lines.join("\n")}\n`;
  if (text === read(file)) return false;
  if (text === "") {
    rmSync(file, { force: true });
    return true;
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return true;
}

/** The file as it was where this branch left main, so that a ledger rewritten in the same change hides nothing. */
function atMergeBase(file: string): string | undefined {
  const git = (...args: string[]) =>
    execFileSync("git", args, {
      encoding: "utf8",
      cwd: dirname(file),
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  if (!existsSync(dirname(file))) return undefined;
  try {
    const base = git("merge-base", "HEAD", process.env["SLIPWAY_BASE"] ?? "origin/main");
    return `${git("show", `${base}:./${file.split("/").at(-1) ?? file}`)}\n`;
  } catch {
    return undefined;
  }
}

import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Account } from "./account";
import type { Door, Service } from "./service";

/**
 * Listener-rule priorities: fixed bands by specificity, most specific first, so that /a/b/* is matched before
 * /a/*. A rule keeps its number for life: pinned in `ledgers/priorities/<account>` (lines of
 * `<alb> <host> <path> <priority>`), or, until it is pinned, derived from its host and path alone.
 * AWS takes 1 to 50,000: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html
 */
interface Band {
  /** The priority before its first. */
  readonly after: number;
  readonly size: number;
}
const EXACT: Band = { after: 0, size: 8_000 };
const WHOLE_HOST: Band = { after: 40_000, size: 10_000 };
/** Longest path pattern that AWS takes, and the priorities of the patterns with one number of literal characters. */
const LONGEST_PATTERN = 128;
const PATTERNS_OF_A_LENGTH = 250;

export interface AllocatedRule {
  readonly service: string;
  readonly key: string;
  readonly priority: number;
  /** Whether the ledger holds it. */
  readonly pinned: boolean;
}

export const ruleKey = (door: Door) => `${door.alb} ${door.host} ${door.path ?? "*"}`;

/** A priority for each rule of an account's services; pinned ones first, so that they never move. */
export function allocatePriorities(
  services: readonly Service[],
  pinned: ReadonlyMap<string, number>,
): Map<string, AllocatedRule> {
  const rules = services
    .flatMap((service) =>
      service.loadBalancers.map((door) => ({ service: service.name, door, key: ruleKey(door) })),
    )
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const taken = new Map<string, Set<number>>();
  const takenOn = (alb: string) => {
    const set = taken.get(alb) ?? new Set<number>();
    taken.set(alb, set);
    return set;
  };
  for (const [key, priority] of pinned) takenOn(key.split(" ")[0] ?? "").add(priority);
  return new Map(
    rules.map(({ service, door, key }): [string, AllocatedRule] => {
      const held = pinned.get(key);
      if (held !== undefined) return [key, { service, key, priority: held, pinned: true }];
      const used = takenOn(door.alb);
      const { after, size } = band(door);
      let slot = createHash("sha256").update(key).digest().readUInt32BE(0) % size;
      // Ends: a load balancer takes 100 rules, and no band is smaller.
      while (used.has(after + slot + 1)) slot = (slot + 1) % size;
      const priority = after + slot + 1;
      used.add(priority);
      return [key, { service, key, priority, pinned: false }];
    }),
  );
}

/**
 * An exact path, then patterns by falling number of literal characters, last a whole host. A pattern that matches
 * less than another has at least its literal characters, wherever the wildcards stand.
 */
function band({ path }: Door): Band {
  if (path === undefined) return WHOLE_HOST;
  if (!/[*?]/.test(path)) return EXACT;
  const literal = path.replaceAll(/[*?]/g, "").length;
  return {
    after: EXACT.size + (LONGEST_PATTERN - literal) * PATTERNS_OF_A_LENGTH,
    size: PATTERNS_OF_A_LENGTH,
  };
}

/** The pinned priorities of each account; an account without a ledger has none. */
export function readPriorities(
  directory: string,
  accounts: readonly Account[],
): Record<string, Map<string, number>> {
  return Object.fromEntries(
    accounts.map((account) => [account.name, readLedger(join(directory, account.name))]),
  );
}

function readLedger(path: string): Map<string, number> {
  if (!existsSync(path)) return new Map();
  const lines = readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(
    lines.flatMap((line): [string, number][] => {
      const [alb, host, pathPattern, priority] = line.split(" ");
      return priority === undefined ? [] : [[`${alb} ${host} ${pathPattern}`, Number(priority)]];
    }),
  );
}

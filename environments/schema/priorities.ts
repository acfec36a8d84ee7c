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
const BAND = 6000;
const BANDS = 8;

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
      const start = band(door) * BAND;
      let slot = createHash("sha256").update(key).digest().readUInt32BE(0) % BAND;
      while (used.has(start + slot + 1)) slot = (slot + 1) % BAND;
      const priority = start + slot + 1;
      used.add(priority);
      return [key, { service, key, priority, pinned: false }];
    }),
  );
}

/** 0 for an exact path, then by falling depth of the path, last a whole host. */
function band({ path }: Door): number {
  if (path === undefined) return BANDS - 1;
  if (!/[*?]/.test(path)) return 0;
  const literal = path.slice(0, path.search(/[*?]/));
  const depth = literal.split("/").filter((segment) => segment !== "").length;
  return Math.max(1, BANDS - 2 - depth);
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

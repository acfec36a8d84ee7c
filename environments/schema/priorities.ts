import { createHash } from "node:crypto";

/**
 * Listener-rule priorities: fixed bands by specificity, most specific first, so that /a/b/* is matched before
 * /a/*. A rule keeps its number for life: pinned in `ledgers/doors/<account>`, or, until it is pinned, derived from
 * its host and path alone.
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

export const MOST_PRIORITY = WHOLE_HOST.after + WHOLE_HOST.size;

/** What a rule's number is derived from: a load balancer by its name in `hosting`, a host, a path. */
export interface Route {
  readonly alb: string;
  readonly host: string;
  readonly path?: string | undefined;
}

/** A route in words, which the number of a rule rests on: never to be changed. */
export const ruleKey = ({ alb, host, path }: Route) => `${alb} ${host} ${path ?? "*"}`;

/** The number of a rule that has none yet: by its route alone, and the next one where that is taken. */
export function freePriority(route: Route, taken: ReadonlySet<number>): number {
  const { after, size } = band(route.path);
  let slot = createHash("sha256").update(ruleKey(route)).digest().readUInt32BE(0) % size;
  // Ends: a load balancer takes 100 rules, and quotas keep it to fewer than the smallest band has numbers.
  while (taken.has(after + slot + 1)) slot = (slot + 1) % size;
  return after + slot + 1;
}

/** How general a path is: rules of a smaller number are matched first. */
export const generality = (path: string | undefined) => band(path).after;

/**
 * An exact path, then patterns by falling number of literal characters, last a whole host. A pattern that matches
 * less than another has at least its literal characters, wherever the wildcards stand.
 */
function band(path: string | undefined): Band {
  if (path === undefined) return WHOLE_HOST;
  if (!/[*?]/.test(path)) return EXACT;
  const literal = path.replaceAll(/[*?]/g, "").length;
  return {
    after: EXACT.size + (LONGEST_PATTERN - literal) * PATTERNS_OF_A_LENGTH,
    size: PATTERNS_OF_A_LENGTH,
  };
}

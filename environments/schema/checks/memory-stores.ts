import type { Account } from "../account";
import { formatPath } from "../parse";
import type { Violation } from "../violation";

type Found = Omit<Violation, "file">;

/** Nodes of one cluster of ElastiCache or MemoryDB; AWS begins with 90 and raises it. */
export const NODES_MOST = 500;

/** Fewest days for which snapshots of a protected account are kept. */
const LEAST_RETENTION = 7;

const EVICTIONS = [
  "allkeys-lfu",
  "allkeys-lru",
  "allkeys-random",
  "noeviction",
  "volatile-lfu",
  "volatile-lru",
  "volatile-random",
  "volatile-ttl",
];

/** Parameters whose values are known, and what they may say. */
const KNOWN: Readonly<Record<string, { readonly takes: RegExp; readonly allowed: string }>> = {
  "maxmemory-policy": { takes: new RegExp(`^(${EVICTIONS.join("|")})$`), allowed: EVICTIONS.join(", ") },
  // https://valkey.io/topics/notifications/
  "notify-keyspace-events": {
    takes: /^(?=.*[KE])[KEg$lshzxetdmnA]+$/,
    allowed:
      "K (keyspace) or E (keyevent), and which events: A for all, or of g $ l s h z x e t d m n; such as KEA",
  },
};

/** What is wrong with parameters of Valkey and Redis; `decided` are those that other fields say. */
export function parameterFaults(
  parameters: Readonly<Record<string, string>>,
  decided: Readonly<Record<string, string>>,
): Found[] {
  return Object.entries(parameters).flatMap(([name, value]): Found[] => {
    const path = formatPath(["parameters", name]);
    const why = decided[name];
    if (why !== undefined) return [{ path, given: value, allowed: `nothing: ${why}` }];
    const known = KNOWN[name];
    return known === undefined || known.takes.test(value)
      ? []
      : [{ path, given: value, allowed: known.allowed }];
  });
}

export function retentionFaults(days: number | undefined, { capabilities }: Account): Found[] {
  return capabilities.deletionProtection && (days ?? LEAST_RETENTION) < LEAST_RETENTION
    ? [
        {
          path: "snapshotRetentionDays",
          given: days,
          allowed: `at least ${LEAST_RETENTION} in an account whose stores are protected`,
        },
      ]
    : [];
}

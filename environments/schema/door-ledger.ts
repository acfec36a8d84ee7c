import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Account } from "./account";
import { MOST_PRIORITY } from "./priorities";
import type { Violation } from "./violation";

/**
 * `ledgers/doors/<account>`: the load balancer and the number of every listener rule, checked in and written by
 * `slipway allocate` alone. Lines of three kinds, sorted:
 *
 *     rule <load balancer> <host> <path> <shard> <priority> <service> [removed]
 *     shards <load balancer> <how many>
 *     move <load balancer> <host> <from shard> <to shard> both|shifted
 */
export interface LedgerRule {
  readonly loadBalancer: string;
  readonly host: string;
  /** None for every path of the host. */
  readonly path?: string;
  /** 1 is the load balancer itself, 2 and above are the further ones of its name. */
  readonly shard: number;
  readonly priority: number;
  readonly service: string;
  /** Whether its service has it no longer; number and room stay taken until the service is forgotten. */
  readonly removed: boolean;
  /** Its line in the file, from 1; 0 before it is written. */
  readonly line: number;
}

/** A host on its way from one shard to another. */
export interface Move {
  readonly loadBalancer: string;
  readonly host: string;
  readonly from: number;
  readonly to: number;
  /** `both`: rules on both shards, DNS at the old one; `shifted`: DNS at the new one. */
  readonly step: "both" | "shifted";
  readonly line: number;
}

export interface DoorLedger {
  /** For messages. */
  readonly file: string;
  readonly rules: readonly LedgerRule[];
  readonly moves: readonly Move[];
  /** How many load balancers there are of a name, where more than one was opened. */
  readonly shards: ReadonlyMap<string, number>;
}

export const NO_DOORS: DoorLedger = { file: "", rules: [], moves: [], shards: new Map() };

export const shardCount = ({ shards }: Pick<DoorLedger, "shards">, loadBalancer: string) =>
  shards.get(loadBalancer) ?? 1;

/** The ledger of each account; an account without one has an empty one. */
export function readDoorLedgers(
  directory: string,
  accounts: readonly Account[],
  file: (path: string) => string,
  violations: Violation[],
): Record<string, DoorLedger> {
  return Object.fromEntries(
    accounts.map(({ name }) => {
      const path = join(directory, name);
      const text = existsSync(path) ? readFileSync(path, "utf8") : "";
      return [name, parseDoorLedger(text, file(path), violations)];
    }),
  );
}

const FORMS = {
  rule: /^rule (\S+) (\S+) (\*|\/\S*) (\d+) (\d+) (\S+)( removed)?$/,
  shards: /^shards (\S+) (\d+)$/,
  move: /^move (\S+) (\S+) (\d+) (\d+) (both|shifted)$/,
} as const;

export function parseDoorLedger(text: string, file: string, violations: Violation[]): DoorLedger {
  const rules: LedgerRule[] = [];
  const moves: Move[] = [];
  const shards = new Map<string, number>();
  text.split("\n").forEach((content, index) => {
    const line = index + 1;
    if (content.trim() === "" || content.startsWith("#")) return;
    const rule = FORMS.rule.exec(content);
    const count = FORMS.shards.exec(content);
    const move = FORMS.move.exec(content);
    if (rule !== null) {
      const [, loadBalancer = "", host = "", path = "", shard, priority, service = "", removed] = rule;
      const placed = { loadBalancer, host, ...(path === "*" ? {} : { path }) };
      const numbers = { shard: Number(shard), priority: Number(priority) };
      rules.push({ ...placed, ...numbers, service, removed: removed !== undefined, line });
      if (numbers.shard >= 1 && numbers.priority >= 1 && numbers.priority <= MOST_PRIORITY) return;
    } else if (count !== null) {
      shards.set(count[1] ?? "", Number(count[2]));
      if (Number(count[2]) >= 2) return;
    } else if (move !== null) {
      const [, loadBalancer = "", host = "", from, to, step] = move;
      const numbers = { from: Number(from), to: Number(to) };
      moves.push({ loadBalancer, host, ...numbers, step: step === "shifted" ? "shifted" : "both", line });
      if (numbers.from >= 1 && numbers.to >= 1 && numbers.from !== numbers.to) return;
    }
    violations.push({
      file,
      path: `line ${line}`,
      given: content,
      allowed: `"rule <load balancer> <host> <path or *> <shard> <priority, 1 to ${MOST_PRIORITY}> <service>", "shards <load balancer> <2 or more>" or "move <load balancer> <host> <from> <to> both|shifted"`,
      mend: "take the line as it was before the edit; slipway allocate writes this file",
    });
  });
  return { file, rules, moves, shards };
}

/** The ledger's lines, sorted: load balancers and hosts together, whoever wrote them. */
export function formatDoorLedger({ rules, moves, shards }: DoorLedger): string[] {
  return [
    ...rules.map(({ loadBalancer, host, path, shard, priority, service, removed }) =>
      [
        "rule",
        loadBalancer,
        host,
        path ?? "*",
        shard,
        priority,
        service,
        ...(removed ? ["removed"] : []),
      ].join(" "),
    ),
    ...[...shards].filter(([, count]) => count > 1).map(([name, count]) => `shards ${name} ${count}`),
    ...moves.map(({ loadBalancer, host, from, to, step }) =>
      ["move", loadBalancer, host, from, to, step].join(" "),
    ),
  ].sort();
}

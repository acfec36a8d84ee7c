import type { DoorLedger, LedgerRule } from "../door-ledger";
import { shardCount } from "../door-ledger";
import { doorLedger, type Fleet } from "../fleet";
import * as names from "../names";
import { hostKey, lineKey } from "../placement";
import { generality } from "../priorities";
import type { Violation } from "../violation";

/** What is pinned can be so: by numbers that differ, in their order, each host on the load balancers it may be on. */
export function checkDoorLedgers(fleet: Fleet): Violation[] {
  return fleet.accounts.flatMap((account) => {
    const ledger = doorLedger(fleet, account);
    return [...twins(ledger), ...disorder(ledger), ...strayHosts(ledger), ...unopened(ledger)];
  });
}

const at = (ledger: DoorLedger, line: number) => ({ file: ledger.file, path: `line ${line}` });
const MEND = "take the lines as they were; slipway allocate gives a new rule a number of its own";
const routeOf = ({ host, path }: LedgerRule) => `${host}${path ?? "/*"}`;

function twins(ledger: DoorLedger): Violation[] {
  const numbers = new Map<string, LedgerRule>();
  const routes = new Map<string, LedgerRule>();
  return ledger.rules.flatMap((rule): Violation[] => {
    const { loadBalancer, shard, host, path, service, priority, line } = rule;
    const number = `${loadBalancer} ${shard} ${priority}`;
    const route = lineKey(loadBalancer, shard, host, path, service);
    const [same, twin] = [numbers.get(number), routes.get(route)];
    numbers.set(number, same ?? rule);
    routes.set(route, twin ?? rule);
    const place = names.shard(loadBalancer, shard);
    if (twin !== undefined)
      return [
        {
          ...at(ledger, line),
          given: `${routeOf(rule)} of ${service} on ${place}`,
          allowed: `a line for each rule; line ${twin.line} is this one's`,
          mend: "remove the line that is not applied",
        },
      ];
    if (same === undefined) return [];
    return [
      {
        ...at(ledger, line),
        given: `${priority} for ${routeOf(rule)} of ${service}`,
        allowed: `a number that no other rule of ${place} has; line ${same.line} gives it to ${routeOf(same)} of ${same.service}`,
        mend: MEND,
      },
    ];
  });
}

/** Rules of one host whose numbers would have the general one answer for the specific one. */
function disorder(ledger: DoorLedger): Violation[] {
  const hosts = new Map<string, LedgerRule[]>();
  for (const rule of ledger.rules) {
    const key = `${hostKey(rule)} ${rule.shard}`;
    hosts.set(key, [...(hosts.get(key) ?? []), rule]);
  }
  return [...hosts.values()].flatMap((rules) => {
    const byNumber = [...rules].sort((a, b) => a.priority - b.priority);
    return byNumber.flatMap((rule, index): Violation[] => {
      const general = byNumber
        .slice(0, index)
        .find((earlier) => generality(earlier.path) > generality(rule.path));
      if (general === undefined) return [];
      return [
        {
          ...at(ledger, rule.line),
          given: `${rule.priority} for ${routeOf(rule)}`,
          allowed: `a number below ${general.priority}, by which line ${general.line} has ${routeOf(general)} matched first`,
          mend: MEND,
        },
      ];
    });
  });
}

/** Hosts on more load balancers than one, without a move that says so. */
function strayHosts(ledger: DoorLedger): Violation[] {
  const moves = new Map(ledger.moves.map((move) => [hostKey(move), move]));
  const first = new Map<string, LedgerRule>();
  return ledger.rules.flatMap((rule): Violation[] => {
    if (rule.removed) return [];
    const move = moves.get(hostKey(rule));
    const there = first.get(hostKey(rule)) ?? rule;
    first.set(hostKey(rule), there);
    const fits = move === undefined ? rule.shard === there.shard : [move.from, move.to].includes(rule.shard);
    if (fits) return [];
    const place = (shard: number) => names.shard(rule.loadBalancer, shard);
    return [
      {
        ...at(ledger, rule.line),
        given: `${rule.host} on ${place(rule.shard)}`,
        allowed:
          move === undefined
            ? `the load balancer that its name leads to, ${place(there.shard)} (line ${there.line})`
            : `${place(move.from)} or ${place(move.to)}, between which line ${move.line} moves it`,
        mend: `write shard ${there.shard}, and move the host with slipway allocate --move ${rule.host} --to ${place(rule.shard)}`,
      },
    ];
  });
}

function unopened(ledger: DoorLedger): Violation[] {
  return [...ledger.rules, ...ledger.moves.map((move) => ({ ...move, shard: move.to }))].flatMap(
    ({ loadBalancer, shard, line }) => {
      const open = shardCount(ledger, loadBalancer);
      return shard <= open
        ? []
        : [
            {
              ...at(ledger, line),
              given: names.shard(loadBalancer, shard),
              allowed: `a load balancer that is open: of ${loadBalancer} there ${open === 1 ? "is one" : `are ${open}`}`,
              mend: `add the line "shards ${loadBalancer} ${shard}"`,
            },
          ];
    },
  );
}

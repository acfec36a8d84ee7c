import { NO_DOORS, shardCount, type DoorLedger, type Move } from "./door-ledger";
import { freePriority } from "./priorities";
import type { Door, Service } from "./service";

/** A listener rule of a service: on which of a name's load balancers it is, and its number there. */
export interface PlacedRule {
  readonly service: string;
  readonly door: Door;
  /** Which entry of the service's `loadBalancers` it is. */
  readonly index: number;
  /** 1 is the load balancer itself, 2 and above are the further ones of its name. */
  readonly shard: number;
  readonly priority: number;
  /** Whether its host's name leads to this shard; only where the host moves it is one of two. */
  readonly named: boolean;
  /** Whether the ledger holds it. */
  readonly pinned: boolean;
}

/**
 * Where each rule of an account's services is. What the ledger pins is where it says; a further rule of a pinned
 * host is beside the others, since a host name leads to one load balancer; anything else is on the first one, by a
 * number of its own. A host that moves has its rules on both.
 */
export function placeDoors(services: readonly Service[], ledger: DoorLedger = NO_DOORS): PlacedRule[] {
  const taken = new Map<string, Set<number>>();
  const takenOn = (alb: string, shard: number) => {
    const key = `${alb} ${shard}`;
    const numbers = taken.get(key) ?? new Set<number>();
    taken.set(key, numbers);
    return numbers;
  };
  for (const { loadBalancer, shard, priority } of ledger.rules) takenOn(loadBalancer, shard).add(priority);
  const pins = new Map(
    ledger.rules.map((rule) => [
      lineKey(rule.loadBalancer, rule.shard, rule.host, rule.path, rule.service),
      rule.priority,
    ]),
  );
  const shards = hostShards(ledger);
  return services
    .flatMap((service) =>
      service.loadBalancers.map((door, index) => ({ service: service.name, door, index })),
    )
    .sort((a, b) => compare(sortKey(a), sortKey(b)))
    .flatMap(({ service, door, index }) => {
      const { on, named } = shards.get(`${door.alb} ${door.host}`) ?? { on: [1], named: 1 };
      return on.map((shard): PlacedRule => {
        const placed = { service, door, index, shard, named: shard === named };
        const held = pins.get(lineKey(door.alb, shard, door.host, door.path, service));
        if (held !== undefined) return { ...placed, priority: held, pinned: true };
        const numbers = takenOn(door.alb, shard);
        const priority = freePriority(door, numbers);
        numbers.add(priority);
        return { ...placed, priority, pinned: false };
      });
    });
}

export const lineKey = (
  loadBalancer: string,
  shard: number,
  host: string,
  path: string | undefined,
  service: string,
) => [loadBalancer, shard, host, path ?? "*", service].join(" ");

const sortKey = ({ door, service }: { readonly door: Door; readonly service: string }) =>
  lineKey(door.alb, 1, door.host, door.path, service);
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

interface HostPlace {
  /** Shards with its rules: one, or two while it moves. */
  readonly on: readonly number[];
  /** The one its name leads to. */
  readonly named: number;
}

/** Where each pinned host is, by `<load balancer> <host>`. */
export function hostShards({ rules, moves }: DoorLedger): ReadonlyMap<string, HostPlace> {
  const found = new Map<string, HostPlace>();
  // A rule that is gone holds its host only as long as no other is there.
  for (const removed of [true, false]) {
    for (const rule of rules.filter((each) => each.removed === removed))
      found.set(hostKey(rule), { on: [rule.shard], named: rule.shard });
  }
  for (const move of moves) {
    const { from, to, step } = move;
    found.set(hostKey(move), { on: [from, to], named: step === "shifted" ? to : from });
  }
  return found;
}

export const hostKey = ({ loadBalancer, host }: { readonly loadBalancer: string; readonly host: string }) =>
  `${loadBalancer} ${host}`;

export const moveOf = ({ moves }: DoorLedger, loadBalancer: string, host: string): Move | undefined =>
  moves.find((move) => move.loadBalancer === loadBalancer && move.host === host);

/** The numbers of a load balancer's shards: 1, 2, ... */
export const shardsOf = (ledger: DoorLedger, loadBalancer: string): number[] =>
  Array.from({ length: shardCount(ledger, loadBalancer) }, (_, index) => index + 1);

import type { Account } from "./account";
import { shardCount, type DoorLedger, type LedgerRule } from "./door-ledger";
import { hostKey, hostShards, lineKey, placeDoors, type PlacedRule } from "./placement";
import * as names from "./names";
import { freePriority } from "./priorities";
import { FILL, FIXED } from "./quotas";
import type { Service } from "./service";
import { copiesOfDoor } from "./target-groups";

/** A ledger that lacks nothing, and what was done to make it so, in words. */
export interface Allocation {
  readonly ledger: DoorLedger;
  readonly notes: readonly string[];
}

/** What a load balancer holds, and what a host adds to it. */
export interface Use {
  readonly rules: number;
  readonly targetGroups: number;
}

/**
 * Pins every rule that is not pinned yet. All rules of a host go to one load balancer, the first with room: one that
 * holds a target group of its service already, else in their order, else a further one, which is opened. Nothing that
 * is pinned moves; a rule that its service has no longer is marked, and keeps its number and its room.
 */
export function allocate(account: Account, services: readonly Service[], ledger: DoorLedger): Allocation {
  const notes: string[] = [];
  const placed = placeDoors(services, ledger);
  const { rules, marked, restored } = mark(ledger, placed);
  const shards = new Map(ledger.shards);
  const byName = new Map(services.map((service) => [service.name, service]));
  const known = hostShards(ledger);
  const added: LedgerRule[] = [];
  for (const [key, host] of unpinnedHosts(placed)) {
    const alb = host[0]?.door.alb ?? "";
    if (known.has(key)) {
      // A host that is there stays there, its further rules with it; where they do not fit, the check of quotas tells.
      added.push(...host.map((rule) => lineOf(rule, rule.shard, rule.priority)));
      continue;
    }
    const open = shardCount({ shards }, alb);
    const shard = place(account, byName, [...rules, ...added], host, open);
    if (shard > open) {
      shards.set(alb, shard);
      notes.push(`opened ${names.shard(alb, shard)}`);
    }
    for (const rule of host) {
      const taken = numbersOn([...rules, ...added], alb, shard);
      added.push(lineOf(rule, shard, shard === 1 ? rule.priority : freePriority(rule.door, taken)));
    }
  }
  const said = (verb: string, lines: readonly LedgerRule[], end = "") =>
    lines.length === 0
      ? []
      : [`${verb} ${lines.length} rule${lines.length === 1 ? "" : "s"} of ${servicesOf(lines)}${end}`];
  return {
    ledger: { ...ledger, rules: [...rules, ...added], shards },
    notes: [
      ...notes,
      ...said("pinned", added),
      ...said("marked", marked, " as removed"),
      ...said("took up", restored, " again"),
    ],
  };
}

const servicesOf = (rules: readonly LedgerRule[]) =>
  [...new Set(rules.map(({ service }) => service))].sort().join(", ");

export function lineOf({ service, door }: PlacedRule, shard: number, priority: number): LedgerRule {
  const { alb, host, path } = door;
  const place = { loadBalancer: alb, host, ...(path === undefined ? {} : { path }) };
  return { ...place, shard, priority, service, removed: false, line: 0 };
}

/** Marks what is there no longer, and unmarks what is there again. */
function mark(ledger: DoorLedger, placed: readonly PlacedRule[]) {
  const there = new Set(
    placed.map(({ door, shard, service }) => lineKey(door.alb, shard, door.host, door.path, service)),
  );
  const changed = (rule: LedgerRule) =>
    rule.removed === there.has(lineKey(rule.loadBalancer, rule.shard, rule.host, rule.path, rule.service));
  return {
    rules: ledger.rules.map((rule) => (changed(rule) ? { ...rule, removed: !rule.removed } : rule)),
    marked: ledger.rules.filter((rule) => !rule.removed && changed(rule)),
    restored: ledger.rules.filter((rule) => rule.removed && changed(rule)),
  };
}

/** The rules that are not pinned, by host, sorted. */
function unpinnedHosts(placed: readonly PlacedRule[]): [string, PlacedRule[]][] {
  const hosts = new Map<string, PlacedRule[]>();
  for (const rule of placed) {
    if (rule.pinned) continue;
    const key = hostKey({ loadBalancer: rule.door.alb, host: rule.door.host });
    hosts.set(key, [...(hosts.get(key) ?? []), rule]);
  }
  return [...hosts].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The first shard with room for a host. */
function place(
  account: Account,
  services: ReadonlyMap<string, Service>,
  rules: readonly LedgerRule[],
  host: readonly PlacedRule[],
  open: number,
): number {
  const alb = host[0]?.door.alb ?? "";
  const owners = new Set(host.map(({ service }) => service));
  const of = (shard: number) => rules.filter((rule) => rule.loadBalancer === alb && rule.shard === shard);
  const holds = (shard: number) => of(shard).some(({ service }) => owners.has(service));
  const all = Array.from({ length: open }, (_, index) => index + 1);
  const inOrder = [...all.filter(holds), ...all.filter((shard) => !holds(shard))];
  const fits = (shard: number) => {
    const { rules: most, targetGroups } = useOf(services, [
      ...of(shard),
      ...host.map((rule) => lineOf(rule, shard, rule.priority)),
    ]);
    return (
      most <= Math.floor(account.quotas.albRules * FILL) &&
      targetGroups <= Math.floor(FIXED.albTargetGroups * FILL)
    );
  };
  return inOrder.find(fits) ?? open + 1;
}

/** What some rules of one load balancer take of it: a target group for each service, whatever the number of its rules. */
export function useOf(
  services: ReadonlyMap<string, Service>,
  rules: readonly { readonly service: string }[],
): Use {
  const copies = (owners: Iterable<string>) =>
    [...owners].reduce((sum, name) => sum + copiesOfDoor(services.get(name)), 0);
  const owners = rules.map(({ service }) => service);
  return { rules: copies(owners), targetGroups: copies(new Set(owners)) };
}

export function numbersOn(rules: readonly LedgerRule[], loadBalancer: string, shard: number): Set<number> {
  return new Set(
    rules
      .filter((rule) => rule.loadBalancer === loadBalancer && rule.shard === shard)
      .map(({ priority }) => priority),
  );
}

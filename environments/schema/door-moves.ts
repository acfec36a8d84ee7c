import { numbersOn } from "./allocation";
import { shardCount, type DoorLedger, type LedgerRule, type Move } from "./door-ledger";
import * as names from "./names";
import { hostShards, moveOf } from "./placement";
import { freePriority } from "./priorities";
import type { Service } from "./service";
import { trafficShift } from "./service/deployment";

/** A step that was not taken, and what to do. */
export interface Refusal {
  readonly refused: string;
  readonly mend: string;
}

/** The ledger after a step, and what to do once it is applied. */
export interface Step {
  readonly ledger: DoorLedger;
  readonly next: string;
}

interface Host {
  readonly loadBalancer: string;
  readonly host: string;
}

/**
 * A host moves to another load balancer of its name in steps that are applied one after the other, so that every
 * request finds a rule: rules and target groups on both; the name leads to the new one; the old ones go.
 */
export function startMove(
  ledger: DoorLedger,
  { loadBalancer, host }: Host,
  to: number,
  services: readonly Service[] = [],
): Step | Refusal {
  const target = names.shard(loadBalancer, to);
  const moving = moveOf(ledger, loadBalancer, host);
  if (moving !== undefined)
    return {
      refused: `${host} is moving to ${names.shard(loadBalancer, moving.to)} already`,
      mend: `finish that first (${following(moving)}), or take it back with slipway allocate --back ${host}`,
    };
  const [from] = hostShards(ledger).get(`${loadBalancer} ${host}`)?.on ?? [];
  if (from === undefined)
    return { refused: `${host} on ${loadBalancer} is not in the ledger`, mend: "run slipway allocate first" };
  if (from === to) return { refused: `${host} is on ${target} already`, mend: "there is nothing to do" };
  const open = shardCount(ledger, loadBalancer);
  if (to > open + 1)
    return {
      refused: `${target} is not open: of ${loadBalancer} there ${open === 1 ? "is 1" : `are ${open}`}`,
      mend: `move to ${names.shard(loadBalancer, open + 1)}, which opens it`,
    };
  const there = ledger.rules.filter((rule) => isOf(rule, { loadBalancer, host }) && !rule.removed);
  const shifting = services.find(
    ({ name, deploymentConfiguration }) =>
      trafficShift(deploymentConfiguration) !== undefined && there.some(({ service }) => service === name),
  );
  if (shifting !== undefined) return doesNotMove(host, shifting);
  const rules = ledger.rules.filter((rule) => !isOf(rule, { loadBalancer, host }) || rule.shard !== to);
  for (const rule of there) {
    const taken = numbersOn(rules, loadBalancer, to);
    const priority = taken.has(rule.priority)
      ? freePriority({ alb: loadBalancer, ...rule }, taken)
      : rule.priority;
    rules.push({ ...rule, shard: to, priority, line: 0 });
  }
  const move: Move = { loadBalancer, host, from, to, step: "both", line: 0 };
  const shards = to > open ? new Map([...ledger.shards, [loadBalancer, to]]) : ledger.shards;
  return { ledger: { ...ledger, rules, shards, moves: [...ledger.moves, move] }, next: following(move) };
}

/** While deployments move its traffic, ECS would not learn of the other load balancer: no task would be behind it. */
const doesNotMove = (host: string, { name, deploymentConfiguration }: Service): Refusal => {
  const { controller, strategy } = deploymentConfiguration;
  return {
    refused: `${host} leads to ${name}, whose deployments move traffic (${strategy}) on the load balancer where it is`,
    mend:
      controller === "CODE_DEPLOY"
        ? "CodeDeploy is for life: make it a service of another name, on the other load balancer"
        : 'write strategy: "ROLLING" and prepared: true for it in this account and apply that; once it has moved, write the strategy again (docs/rollouts.md)',
  };
};

/** The name leads to the new load balancer. */
export function shiftMove(ledger: DoorLedger, host: Host): Step | Refusal {
  const move = moveOf(ledger, host.loadBalancer, host.host);
  if (move === undefined) return notMoving(host);
  if (move.step === "shifted")
    return {
      refused: `The name of ${host.host} leads to the new load balancer already`,
      mend: following(move),
    };
  const shifted: Move = { ...move, step: "shifted" };
  return { ledger: withMove(ledger, move, shifted), next: following(shifted) };
}

/** The old rules go; their numbers and their room stay taken until their services are forgotten there. */
export function finishMove(ledger: DoorLedger, host: Host): Step | Refusal {
  const move = moveOf(ledger, host.loadBalancer, host.host);
  if (move === undefined) return notMoving(host);
  if (move.step === "both")
    return {
      refused: `The name of ${host.host} still leads to ${names.shard(host.loadBalancer, move.from)}, whose rules would go`,
      mend: following(move),
    };
  return { ledger: without(ledger, move, move.from), next: FORGET };
}

/** One step back: the name leads to the old load balancer again, or the new rules go. */
export function takeBack(ledger: DoorLedger, host: Host): Step | Refusal {
  const move = moveOf(ledger, host.loadBalancer, host.host);
  if (move === undefined) return notMoving(host);
  if (move.step === "shifted") {
    const both: Move = { ...move, step: "both" };
    return { ledger: withMove(ledger, move, both), next: following(both) };
  }
  return { ledger: without(ledger, move, move.to), next: FORGET };
}

const FORGET =
  "apply the stacks of its services, then slipway allocate --forget each of them: numbers and room are free again";

const isOf = (rule: LedgerRule, { loadBalancer, host }: Host) =>
  rule.loadBalancer === loadBalancer && rule.host === host;

const notMoving = ({ host }: Host): Refusal => ({
  refused: `${host} is not moving`,
  mend: `begin with slipway allocate --move ${host} --to LOAD_BALANCER`,
});

const following = ({ host, step }: Move) =>
  step === "both"
    ? `apply the stacks of its services, wait until their targets are healthy, then slipway allocate --shift ${host}`
    : `apply the stacks of its services, wait until nobody asks the old one any more, then slipway allocate --finish ${host}`;

const withMove = (ledger: DoorLedger, old: Move, move: Move): DoorLedger => ({
  ...ledger,
  moves: [...ledger.moves.filter((each) => each !== old), move],
});

const without = (ledger: DoorLedger, move: Move, shard: number): DoorLedger => ({
  ...ledger,
  moves: ledger.moves.filter((each) => each !== move),
  rules: ledger.rules.map((rule) =>
    isOf(rule, move) && rule.shard === shard ? { ...rule, removed: true } : rule,
  ),
});

/** Where a host is, as one word: its shards, the one its name leads to first. */
const places = (ledger: DoorLedger): ReadonlyMap<string, string> =>
  new Map(
    [...hostShards(ledger)].map(([key, { on, named }]) => [
      key,
      [named, ...on.filter((shard) => shard !== named)].join(" "),
    ]),
  );

/**
 * Hosts that took more than one step between two ledgers: applied at once, requests would find no rule. In words: the
 * shards before and after, by `<load balancer> <host>`.
 */
export function skippedSteps(
  before: DoorLedger,
  after: DoorLedger,
): { host: string; from: string; to: string }[] {
  const earlier = places(before);
  return [...places(after)].flatMap(([host, to]) => {
    const from = earlier.get(host);
    return from === undefined || isOneStep(from, to) ? [] : [{ host, from, to }];
  });
}

/** `1` to `1 2` to `2 1` to `2`, and back. */
function isOneStep(from: string, to: string): boolean {
  const [a, b] = [from.split(" "), to.split(" ")];
  if (from === to) return true;
  if (a.length === 2 && b.length === 2) return a[0] === b[1] && a[1] === b[0];
  return a.length !== b.length && a[0] === b[0];
}

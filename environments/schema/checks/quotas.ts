import type { Account } from "../account";
import { useOf } from "../allocation";
import { doorLedger, servicesIn, type Fleet } from "../fleet";
import * as names from "../names";
import { placeDoors, shardsOf } from "../placement";
import { FIXED } from "../quotas";
import type { Service } from "../service";
import { copiesOfDoor } from "../target-groups";
import type { Violation } from "../violation";

type Found = Omit<Violation, "file"> & { readonly file?: string };

/** What AWS would refuse in the midst of an apply, told before it: the number, the limit, and the way out. */
export function checkQuotas(fleet: Fleet): Violation[] {
  return fleet.accounts.flatMap((account) => {
    const file = fleet.sources.accounts[account.name] ?? account.name;
    return [...loadBalancers(fleet, account), ...services(fleet, account), ...region(fleet, account)].map(
      (violation) => ({ file, ...violation }),
    );
  });
}

/** Where the account says what AWS granted it. */
const raise = (quota: keyof Account["quotas"]) =>
  `have AWS raise the quota (Service Quotas), then write it in quotas.${quota}`;

function loadBalancers(fleet: Fleet, account: Account): Found[] {
  const ledger = doorLedger(fleet, account);
  const here = servicesIn(fleet, account);
  const placed = placeDoors(here, ledger);
  const byName = new Map(here.map((service) => [service.name, service]));
  const { albRules } = account.quotas;
  const balancers = account.hosting?.loadBalancers ?? {};
  return Object.keys(balancers)
    .filter((alb) => balancers[alb]?.type === "application")
    .sort()
    .flatMap((alb) =>
      shardsOf(ledger, alb).flatMap((shard): Found[] => {
        const name = names.shard(alb, shard);
        const path = `hosting.loadBalancers.${alb}`;
        const on = placed.filter((rule) => rule.door.alb === alb && rule.shard === shard);
        // What is gone from the description is on AWS until its stack is applied.
        const gone = ledger.rules.filter(
          (rule) => rule.removed && rule.loadBalancer === alb && rule.shard === shard,
        );
        const use = useOf(byName, [...on, ...gone]);
        const unpinned = on.some(({ pinned }) => !pinned);
        const out = unpinned
          ? `run slipway allocate, which opens ${names.shard(alb, ledger.shards.get(alb) ?? 2)} for what has no room`
          : `move a host to another load balancer: slipway allocate --move HOST --to ${names.shard(alb, shardsOf(ledger, alb).length + 1)}`;
        return [
          ...over(path, use.rules, albRules, `rules on ${name}`, `${out}; or ${raise("albRules")}`),
          ...over(
            path,
            use.targetGroups,
            FIXED.albTargetGroups,
            `target groups behind ${name}, a number that AWS does not raise`,
            out,
          ),
        ];
      }),
    );
}

function services(fleet: Fleet, account: Account): Found[] {
  const placed = placeDoors(servicesIn(fleet, account), doorLedger(fleet, account));
  return servicesIn(fleet, account).flatMap((service): Found[] => {
    const file = fleet.sources.services[service.name] ?? service.name;
    const doors = [...doorsOf(service, placed), ...networkDoorsOf(service)];
    const path = `loadBalancers (in ${account.name})`;
    return over(
      path,
      doors.length,
      FIXED.serviceTargetGroups,
      `target groups of one ECS service (behind ${doors.join(", ")}), a number that AWS does not raise`,
      "stand behind fewer load balancers, or divide the service; a host that moves counts twice until the move is finished",
    ).map((violation) => ({ ...violation, file }));
  });
}

/** The load balancers that a service stands behind, a target group each. */
const doorsOf = ({ name }: Service, placed: ReturnType<typeof placeDoors>) =>
  [
    ...new Set(
      placed.filter(({ service }) => service === name).map(({ door, shard }) => names.shard(door.alb, shard)),
    ),
  ].sort();

const networkDoorsOf = ({ networkDoors }: Service) =>
  networkDoors.map(({ nlb, listenerPort }) => `${nlb}:${listenerPort}`);

function region(fleet: Fleet, account: Account): Found[] {
  const ledger = doorLedger(fleet, account);
  const placed = placeDoors(servicesIn(fleet, account), ledger);
  const { albs, nlbs, targetGroups } = account.quotas;
  const all = account.hosting?.loadBalancers ?? {};
  const of = (type: "application" | "network") => Object.keys(all).filter((name) => all[name]?.type === type);
  const groups = servicesIn(fleet, account).reduce(
    (sum, service) =>
      sum + doorsOf(service, placed).length * copiesOfDoor(service) + service.networkDoors.length,
    0,
  );
  return [
    ...over(
      "hosting.loadBalancers",
      of("application").reduce((sum, alb) => sum + shardsOf(ledger, alb).length, 0),
      albs,
      "Application Load Balancers in the region",
      `let services share them, by host and path; or ${raise("albs")}`,
    ),
    ...over(
      "hosting.loadBalancers",
      of("network").length,
      nlbs,
      "Network Load Balancers in the region",
      `let services share them, by port; or ${raise("nlbs")}`,
    ),
    ...over("hosting", groups, targetGroups, "target groups in the region", raise("targetGroups")),
  ];
}

function over(path: string, given: number, limit: number, what: string, mend: string): Found[] {
  return given <= limit
    ? []
    : [{ path, given: `${given} ${what}`, inWords: true, allowed: `at most ${limit}`, mend }];
}

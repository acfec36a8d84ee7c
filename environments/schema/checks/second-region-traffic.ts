import type { Account } from "../account";
import { doorLedger, regionsOf, servicesIn, wholeAccounts, type Fleet } from "../fleet";
import { defaultDoor } from "../hosting";
import { placeDoors } from "../placement";
import type { Violation } from "../violation";

type Found = Omit<Violation, "file">;

/** An account's names lead to one region, and by the zone's wildcard wherever a second one is to take them. */
export function checkSecondRegionTraffic(fleet: Fleet): Violation[] {
  return wholeAccounts(fleet).flatMap((whole) => [
    ...inFile(fleet, whole, ofItself(whole)),
    ...regionsOf(fleet, whole)
      .filter(({ traffic }) => traffic === "active")
      .flatMap((entry, index, active) => inFile(fleet, entry, taken(fleet, whole, active.slice(0, index)))),
  ]);
}

const inFile = ({ sources }: Fleet, { name }: Account, found: readonly Found[]): Violation[] =>
  found.map((violation) => ({ file: sources.accounts[name] ?? name, ...violation }));

const ofItself = ({ name, traffic }: Account): Found[] =>
  traffic === undefined
    ? []
    : [
        {
          path: "traffic",
          given: traffic,
          allowed: `nothing: ${name} has its names itself, and only a second region of it may take them`,
          mend: "remove it",
        },
      ];

function taken(fleet: Fleet, whole: Account, [earlier]: readonly Account[]): Found[] {
  const place = { path: "traffic", given: "active" };
  if (earlier !== undefined)
    return [
      {
        ...place,
        allowed: `"standby": the names of ${whole.name} lead to ${earlier.name} already`,
        mend: `write "standby" here or in ${earlier.name}`,
      },
    ];
  const doors = whole.hosting?.loadBalancers ?? {};
  const usual = defaultDoor(doors, "internet-facing");
  const fixed = placeDoors(servicesIn(fleet, whole), doorLedger(fleet, whole)).filter(
    ({ door: { alb }, shard }) => doors[alb]?.scheme === "internet-facing" && (alb !== usual || shard !== 1),
  );
  return [...new Set(fixed.map(({ door: { host } }) => host))].sort().map((host) => ({
    ...place,
    allowed: `"standby" as long as ${host} has a record of its own in ${whole.name}, which the zone's wildcard does not lead to ${usual ?? "a load balancer"}: two records of a name share its requests`,
    mend: `move the name by hand, or let its service stand behind ${usual ?? "the first load balancer"}`,
  }));
}

import type { Account } from "../account";
import { doorLedger, servicesIn, type Fleet } from "../fleet";
import * as names from "../names";
import { nearest } from "../parse";
import { placeDoors, type PlacedRule } from "../placement";
import type { Service } from "../service";
import { trafficShift } from "../service/deployment";
import type { Violation } from "../violation";

type Found = Omit<Violation, "file">;

/** A part of a door's requests goes to a service that is behind the same load balancer and takes it. */
export function checkShares(fleet: Fleet): Violation[] {
  return fleet.accounts.flatMap((account) => {
    const services = servicesIn(fleet, account);
    if (services.every(({ loadBalancers }) => loadBalancers.every(({ shares }) => shares.length === 0)))
      return [];
    const placed = placeDoors(services, doorLedger(fleet, account));
    return placed.flatMap((rule) => {
      const service = services.find(({ name }) => name === rule.service);
      if (service === undefined) return [];
      return shareFaults(service, rule, { account, services, placed }).map((violation) => ({
        ...violation,
        file: fleet.sources.services[service.name] ?? service.name,
      }));
    });
  });
}

interface Around {
  readonly account: Account;
  readonly services: readonly Service[];
  readonly placed: readonly PlacedRule[];
}

function shareFaults(service: Service, rule: PlacedRule, { account, services, placed }: Around): Found[] {
  const { door, index, shard } = rule;
  if (door.shares.length === 0) return [];
  const path = `loadBalancers[${index}].shares`;
  const where = `(in ${account.name})`;
  const sum = door.shares.reduce((total, { weight }) => total + weight, 0);
  const takers = services.filter(
    ({ name, loadBalancers }) =>
      name !== service.name && loadBalancers.some(({ alb, takesShares }) => takesShares && alb === door.alb),
  );
  const known = takers.map(({ name }) => name);
  return [
    ...(sum > 100
      ? [{ path: `${path} ${where}`, given: sum, allowed: "weights of 100 together at most" }]
      : []),
    ...(trafficShift(service.deploymentConfiguration) === undefined
      ? []
      : [
          {
            path: `${path} ${where}`,
            given: service.deploymentConfiguration.strategy,
            allowed: "shares with ROLLING only: other deployments move the weights themselves",
          },
        ]),
    ...door.shares.flatMap(({ service: name }, position): Found[] => {
      const at = `${path}[${position}].service ${where}`;
      const taker = takers.find((candidate) => candidate.name === name);
      if (taker === undefined) {
        const meant = nearest(name, known);
        return [
          {
            path: at,
            given: name,
            allowed: `a service behind ${door.alb} of ${account.name} with takesShares: ${known.join(", ") || "there is none"}`,
            mend:
              meant === undefined
                ? `write takesShares: true at a host of ${name} behind ${door.alb}; or remove the share, before the service goes`
                : `write "${meant}"`,
          },
        ];
      }
      if (trafficShift(taker.deploymentConfiguration) !== undefined)
        return [
          {
            path: at,
            given: name,
            allowed: `a service with ROLLING: target groups of ${name} take turns`,
          },
        ];
      const beside = placed.some(
        (other) =>
          other.service === name &&
          other.door.takesShares &&
          other.door.alb === door.alb &&
          other.shard === shard,
      );
      const host = taker.loadBalancers.find(({ alb }) => alb === door.alb)?.host ?? name;
      const place = names.shard(door.alb, shard);
      return beside
        ? []
        : [
            {
              path: at,
              given: name,
              allowed: `a service behind ${place}: a target group belongs to one load balancer`,
              mend: `slipway allocate --move ${host} --to ${place} --account ${account.name}`,
            },
          ];
    }),
  ];
}

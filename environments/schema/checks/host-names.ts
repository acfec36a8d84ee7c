import { servicesIn, type Fleet } from "../fleet";
import { defaultDoor } from "../hosting";
import type { Violation } from "../violation";

/** A host name leads to one load balancer of its zone. */
export function checkHostNames(fleet: Fleet): Violation[] {
  return fleet.accounts.flatMap((account) => {
    const doors = account.hosting?.loadBalancers ?? {};
    const uses = servicesIn(fleet, account).flatMap((service) =>
      service.loadBalancers.map((door, index) => ({
        service: service.name,
        door,
        index,
        scheme: doors[door.alb]?.scheme,
      })),
    );
    return uses.flatMap(({ service, door, index, scheme }): Violation[] => {
      if (scheme === undefined || defaultDoor(doors, scheme) === door.alb) return [];
      const other = uses.find(
        (use) => use.scheme === scheme && use.door.host === door.host && use.door.alb !== door.alb,
      );
      if (other === undefined) return [];
      return [
        {
          file: fleet.sources.services[service] ?? service,
          path: `loadBalancers[${index}].host (in ${account.name})`,
          given: door.host,
          allowed: `a host of its own behind ${door.alb}; ${other.service} uses it behind ${other.door.alb}, and a name leads to one load balancer`,
          mend: `choose another host, or stand behind ${other.door.alb} as well`,
        },
      ];
    });
  });
}

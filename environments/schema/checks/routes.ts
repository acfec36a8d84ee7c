import { servicesIn, type Fleet } from "../fleet";
import { ruleKey } from "../priorities";
import type { Violation } from "../violation";

/** No two services of an account answer for one host and path of one load balancer. */
export function checkRoutes(fleet: Fleet): Violation[] {
  return fleet.accounts.flatMap((account) => {
    const owners = new Map<string, string>();
    return servicesIn(fleet, account).flatMap((service) =>
      service.loadBalancers.flatMap((door, index): Violation[] => {
        const key = ruleKey(door);
        const owner = owners.get(key);
        owners.set(key, owner ?? service.name);
        if (owner === undefined) return [];
        const file = fleet.sources.services[service.name] ?? service.name;
        const path = `loadBalancers[${index}] (in ${account.name})`;
        const given = `${door.host}${door.path ?? "/*"} on ${door.alb}`;
        if (owner === service.name) {
          return [{ file, path, given, allowed: "each host and path once", mend: "remove one of the two" }];
        }
        return [
          {
            file,
            path,
            given,
            allowed: `a host and path that no other service has; ${fleet.sources.services[owner]} has this one`,
            mend: "choose another host, or give one of the two a path",
          },
        ];
      }),
    );
  });
}

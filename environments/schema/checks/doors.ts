import type { Fleet } from "../fleet";
import { nearest } from "../parse";
import type { Violation } from "../violation";
import { perService } from "./per-service";

/** Each door a service names is one its account has, and lets its connections live. */
export function checkDoors(fleet: Fleet): Violation[] {
  return perService(fleet, ({ loadBalancers }, account) => {
    const doors = account.hosting?.loadBalancers ?? {};
    return loadBalancers.flatMap((door, index): Omit<Violation, "file">[] => {
      const path = `loadBalancers[${index}]`;
      const found = doors[door.alb];
      if (found?.type !== "application") {
        const names = Object.keys(doors).filter((name) => doors[name]?.type === "application");
        const meant = nearest(door.alb, names);
        return [
          {
            path: `${path}.alb`,
            given: door.alb,
            allowed: `${found === undefined ? "a load balancer" : "an Application Load Balancer"} of ${account.name}: ${names.join(", ") || "it has none"}`,
            mend:
              meant === undefined
                ? `add it to hosting.loadBalancers of ${account.name}, or choose another`
                : `write "${meant}"`,
          },
        ];
      }
      if (door.idleTimeout === undefined || door.idleTimeout <= found.idleTimeout) return [];
      return [
        {
          path: `${path}.idleTimeout`,
          given: door.idleTimeout,
          allowed: `at most the ${found.idleTimeout} s after which load balancer ${door.alb} of ${account.name} closes a silent connection`,
          mend: `raise hosting.loadBalancers.${door.alb}.idleTimeout of ${account.name}`,
        },
      ];
    });
  });
}

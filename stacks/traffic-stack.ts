import type { Account } from "../environments/schema/account";
import { migrationsIn, type Fleet } from "../environments/schema/fleet";
import { CloudflareTrafficStack } from "./traffic/cloudflare";
import { Route53TrafficStack } from "./traffic/route53";
import type { StackKind } from "./stack-kind";

/** A stack for each migration that leads clients to the new place. A new provider is a file and a line here. */
export const trafficStacks: StackKind = (fleet: Fleet, account: Account) =>
  migrationsIn(fleet, account).flatMap((migration) => {
    const { traffic, id: name } = migration;
    if (traffic === undefined) return [];
    return [
      {
        account,
        concern: "traffic",
        name,
        build: (scope, options) =>
          traffic.provider === "route53"
            ? new Route53TrafficStack(scope, { fleet, account, migration, traffic, ...options })
            : new CloudflareTrafficStack(scope, { fleet, account, migration, traffic, ...options }),
      },
    ];
  });

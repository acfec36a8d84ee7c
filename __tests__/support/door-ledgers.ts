import { parseDoorLedger, type DoorLedger } from "../../environments/schema/door-ledger";
import type { Service } from "../../environments/schema/service";
import type { Violation } from "../../environments/schema/violation";
import { loadCompany } from "./company";

/** A ledger of these lines. */
export function ledgerOf(...lines: readonly string[]): DoorLedger {
  const violations: Violation[] = [];
  const ledger = parseDoorLedger(lines.join("\n"), "ledgers/doors/live", violations);
  if (violations.length > 0) throw new Error(`No line of a ledger: ${JSON.stringify(violations)}`);
  return ledger;
}

export type Rule = readonly [alb: string, host: string, path?: string | undefined];

let template: Service | undefined;

/** A service with these rules and nothing else of interest. */
export function serviceWith(name: string, ...rules: readonly Rule[]): Service {
  template ??= loadCompany().services["live"]?.find((service) => service.name === "orders");
  if (template === undefined) throw new Error("ACME has no service orders");
  const loadBalancers = rules.map(([alb, host, path]) => ({
    alb,
    host,
    authenticate: false,
    shares: [],
    takesShares: false,
    ...(path === undefined ? {} : { path }),
  }));
  return { ...template, name, loadBalancers };
}
